public import Desk
public import Foundation
public import Moments
public import Postgres

/// An announcement as whoever looks after it sees it, also when it is over.
public struct AnnouncementView: Sendable, Equatable {
    let id: Int64
    public let identity: UUID
    public let ticket: TicketNumber
    /// The site whose people it concerns; nil for all.
    public let site: SiteID?
    public let since: Moment
    public let until: Moment?
    /// Counts the changes of its words.
    public let revision: Int64
    /// The words by the tag of their language.
    public internal(set) var words: [String: Announcement.Words]
}

extension AnnouncementView {
    typealias Row = (Int64, UUID, TicketNumber, SiteID?, Moment, Moment?, Int64, String, String, String)

    /// Asks for those of some tickets, the first one first, as far as these eyes see the tickets.
    static func query(_ condition: SQL) -> SQL {
        """
        select a.id, a.uuid, t.number, a.site, a.since, a.until, a.revision, x.language, x.title, x.text
        from announcement a join ticket t on t.id = a.ticket join announcement_text x on x.announcement = a.id
        where \(condition) order by a.id, x.language
        """
    }

    /// One for each announcement; of its languages each is a row.
    @Sendable static func grouped(_ rows: [Row]) -> [AnnouncementView] {
        var found: [AnnouncementView] = []
        for (id, identity, ticket, site, since, until, revision, language, title, text) in rows {
            if found.last?.id != id {
                found.append(
                    AnnouncementView(
                        id: id, identity: identity, ticket: ticket, site: site, since: since, until: until,
                        revision: revision, words: [:]))
            }
            found[found.count - 1].words[language] = Announcement.Words(title: title, text: text)
        }
        return found
    }
}

extension DeskStore {
    /// All that was announced of a ticket; none where these eyes do not see it.
    public func announcements(of number: TicketNumber, seeing sight: Sight) async throws -> [AnnouncementView] {
        try await announcements("a.ticket = \(.ticket(number))", seeing: sight)
    }

    /// What is announced of the tickets that these eyes see.
    public func ownAnnouncements(seeing sight: Sight) async throws -> [AnnouncementView] {
        try await announcements("a.until is null", seeing: sight)
    }

    /// An announcement of a ticket that these eyes see; nil where there is none.
    public func announcement(_ identity: UUID, seeing sight: Sight) async throws -> AnnouncementView? {
        try await announcements("a.uuid = \(identity)", seeing: sight).first
    }

    private func announcements(_ condition: SQL, seeing sight: Sight) async throws -> [AnnouncementView] {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.announcements(condition)
        }
    }
}

extension Transaction {
    borrowing func announcements(_ condition: SQL) async throws -> [AnnouncementView] {
        AnnouncementView.grouped(try await all(AnnouncementView.query(condition), as: AnnouncementView.Row.self))
    }

    /// What was announced of a ticket last; nil where these eyes see none.
    public borrowing func lastAnnouncement(of number: TicketNumber) async throws -> AnnouncementView? {
        try await announcements("a.ticket = \(.ticket(number))").last
    }

    /// An announcement of a ticket that these eyes see; nil where there is none.
    public borrowing func announcement(_ identity: UUID) async throws -> AnnouncementView? {
        try await announcements("a.uuid = \(identity)").first
    }
}
