import Desk
import DeskStore
import Foundation
import JSON
import Moments

extension KnownTrouble {
    /// The disturbances that a ticket may be about, in the language of whoever asks.
    func json(for language: String, in directory: Directory) -> JSON {
        .array(
            mentioned.compactMap { announcement in
                announcement.words(in: language).map { words in
                    .object([
                        "id": announcement.identity.uuidString.lowercased(), "title": words.title, "text": words.text,
                        "site": announcement.site.map { directory.code(of: $0) }, "since": announcement.since,
                    ])
                }
            })
    }
}

extension AnnouncementView {
    func json(in directory: Directory) -> JSON {
        .object([
            "id": identity.uuidString.lowercased(), "ticket": ticket.description,
            "site": site.map { directory.code(of: $0) }, "since": since, "until": until,
            "words": Announcement.json(words),
        ])
    }
}

extension Announcement {
    /// As those are told who do not see the ticket behind it.
    func json(in directory: Directory) -> JSON {
        .object([
            "id": identity.uuidString.lowercased(), "ticket": JSON.null, "site": site.map { directory.code(of: $0) },
            "since": since, "until": JSON.null, "words": Self.json(words),
        ])
    }

    fileprivate static func json(_ words: [String: Words]) -> JSON {
        var object = JSONObject()
        for (language, words) in words.sorted(by: { $0.key < $1.key }) {
            object[language] = ["title": words.title.json, "text": words.text.json]
        }
        return .object(object)
    }
}
