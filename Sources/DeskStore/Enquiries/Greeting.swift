public import Desk
public import Foundation
import Moments
import Postgres

/// What the first page has to tell whoever comes to it.
public struct Greeting: Sendable {
    /// What is announced to the people of his site.
    public let announcements: [Announcement]
    /// The newest requests that he has written and not sent, with what was filled in.
    public let drafts: [(identity: UUID, fields: String)]

    /// So many requests are told of.
    private static let mostDrafts = 3

    static func drafts(of visitor: [UInt8], at now: Moment) -> SQL {
        """
        select uuid, fields from request_draft
        where visitor = \(visitor) and place is null and at > \(now - RequestDraft.life)
        order by at desc limit \(mostDrafts)
        """
    }
}

extension DeskStore {
    /// What there is to tell a visitor, in one round trip.
    ///
    /// - Parameter visitor: nil where it is sure that he has not written anything.
    public func greeting(of visitor: [UInt8]?, at site: SiteID?) async throws -> Greeting {
        var batch = Batch()
        let announcements = Announcement.asked(at: site, in: &batch)
        guard let visitor else { return Greeting(announcements: try await ask(batch)[announcements], drafts: []) }
        let drafts = batch.all(Greeting.drafts(of: visitor, at: now), as: (UUID, String).self)
        let answers = try await ask(batch, seeing: Sight(visitor: visitor))
        return Greeting(
            announcements: try answers[announcements], drafts: try answers[drafts].map { ($0.0, $0.1) })
    }
}
