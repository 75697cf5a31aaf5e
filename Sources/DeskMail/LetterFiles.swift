import Desk
import DeskStore
import Foundation
import Mail

/// The files of what the desk wrote: those that go along with its letter, and those that stay on the ticket's page.
struct LetterFiles {
    /// How many bytes of files go along with one letter. In base64 they are less than the 10,240,000 bytes of a whole
    /// mail that Postfix takes unless it is told otherwise.
    static let mostBytes: Int64 = 7 << 20

    private(set) var along: [Draft.File] = []
    /// The names of those that do not go along.
    private(set) var leftOut: [String] = []

    /// - Parameter contents: what stands in the files that are to go along; any other is left out.
    init(of letter: OwedLetter, to person: PersonID, contents: [UUID: [UInt8]]) {
        for file in Self.meant(by: letter, for: person) {
            if let content = contents[file.id] {
                along.append(Draft.File(name: file.name, type: file.mediaType, content: content))
            } else {
                leftOut.append(file.name.split(whereSeparator: \.isNewline).joined(separator: " "))
            }
        }
    }

    /// Those that fit into one mail, the first ones first.
    static func fitting(_ letter: OwedLetter, to person: PersonID) -> [AttachmentView] {
        var room = mostBytes
        return meant(by: letter, for: person).filter { file in
            guard file.size <= room else { return false }
            room -= file.size
            return true
        }
    }

    /// The files that the requester is to have: those of public words that somebody else wrote. Whoever follows the
    /// ticket has its words alone, and what the desk says to itself never leaves it.
    private static func meant(by letter: OwedLetter, for person: PersonID) -> [AttachmentView] {
        guard letter.kind.isForRequester, letter.kind != .acknowledgement, person == letter.record.ticket.requester,
            let entry = letter.entry, entry.visibility == .public, entry.author != person
        else { return [] }
        return entry.attachments
    }
}
