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
