import Desk
import DeskStore
import Foundation
import JSON
import Moments
import Secrets

/// A line of a ticket's timeline as the API tells of it.
struct EntryJSON {
    let entry: EntryView
    let number: TicketNumber

    init(_ entry: EntryView, of number: TicketNumber) { (self.entry, self.number) = (entry, number) }

    var json: JSON {
        .object([
            "id": entry.uuid.uuidString.lowercased(), "at": entry.at,
            "author": JSON.object(["email": entry.authorAddress, "name": entry.authorName]),
            "visibility": entry.visibility.rawValue, "channel": entry.channel.rawValue, "subject": entry.subject,
            "text": entry.text, "folds": entry.folds.map(\.json), "html": JSON.null,
            "attachments": entry.attachments.map { FileJSON($0, of: number).json },
        ])
    }
}

/// A file of a ticket as the API tells of it.
struct FileJSON {
    let file: AttachmentView
    let number: TicketNumber

    init(_ file: AttachmentView, of number: TicketNumber) { (self.file, self.number) = (file, number) }

    private var id: String { file.id.uuidString.lowercased() }
    var href: String { "\(API.root)/tickets/\(number)/attachments/\(id)" }

    var json: JSON {
        .object([
            "id": id, "name": file.name, "type": file.type, "size": file.size, "sha256": Hex.encode(file.sha256),
            "href": href,
        ])
    }
}
