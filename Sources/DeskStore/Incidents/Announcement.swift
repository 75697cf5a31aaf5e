public import Desk
public import Foundation
public import Moments
import Postgres

/// What the doors tell while a major incident lasts: the words, and nothing of the ticket behind them.
public struct Announcement: Sendable, Equatable {
    public struct Words: Sendable, Equatable {
        public let title: String
        public let text: String

        public init(title: String, text: String) { (self.title, self.text) = (title, text) }
    }

    public let identity: UUID
    /// The site whose people it concerns; nil for all.
    public let site: SiteID?
    public let since: Moment
    /// The words by the tag of their language.
    public internal(set) var words: [String: Words]

    /// The words in a language, or else in English, or else in the first there is.
    public func words(in language: String) -> Words? {
        words[language] ?? words["en"] ?? words.min { $0.key < $1.key }?.value
    }
}

extension DeskStore {
    /// What is announced at this moment to the people of a site, or to everybody where no site is known.
    public func announcements(at site: SiteID? = nil) async throws -> [Announcement] {
        let rows = try await database.all(
            "select uuid, site, since, language, title, words from current_announcements()",
            as: (UUID, SiteID?, Moment, String, String, String).self)
        var found: [Announcement] = []
        for (identity, place, since, language, title, text) in rows {
            if let site, let place, site != place { continue }
            let words = Announcement.Words(title: title, text: text)
            if let index = found.firstIndex(where: { $0.identity == identity }) {
                found[index].words[language] = words
            } else {
                found.append(Announcement(identity: identity, site: place, since: since, words: [language: words]))
            }
        }
        return found
    }
}
