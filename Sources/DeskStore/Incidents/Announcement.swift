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
    public func words(in language: String) -> Words? { words.language(for: language).flatMap { words[$0] } }
}

extension DeskStore {
    /// What is announced at this moment to the people of a site, or to everybody where no site is known.
    public func announcements(at site: SiteID? = nil) async throws -> [Announcement] {
        var batch = Batch()
        let open = Announcement.asked(at: site, in: &batch)
        return try await ask(batch)[open]
    }
}

extension Announcement {
    /// Asks for what is announced at this moment, to the people of a site where one is known.
    static func asked(at site: SiteID? = nil, in batch: inout Batch) -> Pending<[Announcement]> {
        OpenDisturbance.asked(in: &batch).map { open in
            open.map(\.announcement).filter { site == nil || $0.site == nil || $0.site == site }
        }
    }
}
