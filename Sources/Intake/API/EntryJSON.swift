import Desk
import DeskStore
import Foundation
import HTML
import JSON
import Moments
import Secrets

/// A line of a ticket's timeline as the API tells of it.
struct EntryJSON {
    let entry: EntryView
    let number: TicketNumber
    /// As it was kept, its pictures named by their `cid:`.
    private let html: String?

    init(_ entry: EntryView, of number: TicketNumber, html: String? = nil) {
        (self.entry, self.number, self.html) = (entry, number, html)
    }

    var json: JSON {
        .object([
            "id": entry.uuid.uuidString.lowercased(), "at": entry.at,
            "author": JSON.object(["email": entry.authorAddress, "name": entry.authorName]),
            "visibility": entry.visibility.rawValue, "channel": entry.channel.rawValue, "subject": entry.subject,
            "text": entry.text, "folds": entry.folds.map(\.json), "html": shown,
            "translations": entry.translations.json,
            "attachments": entry.attachments.map { FileJSON($0, of: number).json },
        ])
    }

    /// The HTML for a program to show, its pictures where their files can be had.
    private var shown: String? {
        guard let html else { return nil }
        var pictures: [String: String] = [:]
        for file in entry.attachments {
            if let id = file.contentID { pictures["cid:" + id] = FileJSON(file, of: number).href }
        }
        return SafeHTML.clean(html) { pictures[$0] }.markup
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
