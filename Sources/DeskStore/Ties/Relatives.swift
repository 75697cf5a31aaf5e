public import Desk
public import Moments
public import Postgres

/// Another ticket, as a list of related ones names it.
public struct Relative: Sendable, Equatable {
    public let id: TicketID
    public let number: TicketNumber
    public let subject: String
    public let state: Ticket.State
    public let requester: PersonID
    public let openedAt: Moment
}

extension Relative: PostgresRow {
    public static var columns: String { "t.id, t.number, t.subject, t.state, t.requester, t.opened_at" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), number: try row.read(), subject: try row.read(), state: try row.read(),
            requester: try row.read(), openedAt: try row.read())
    }
}

/// The tickets that one belongs together with, as far as these eyes see them.
public struct Relatives: Sendable {
    public var parent: Relative?
    public var mergedInto: Relative?
    public var parts: [Relative] = []
    public var merged: [Relative] = []
    public var links: [(link: TicketLink, other: Relative)] = []
    /// Open tickets that may be about the same matter.
    public var twins: [Relative] = []

    /// How many people follow it beside whoever asked.
    public var followers = 0

    public init() {}

    /// Every ticket named, other than the likely twins.
    var known: Set<TicketID> {
        Set([parent, mergedInto].compactMap { $0?.id } + (parts + merged).map(\.id) + links.map(\.other.id))
    }
}

extension DeskStore {
    /// How many of a kind a page names at most.
    private static let most = 50
    /// How old a likely twin is at most.
    private static let twinsWithin = Duration.seconds(7 * 86_400)

    /// The tickets that one belongs together with; those that these eyes do not see are left out.
    public func relatives(of ticket: Ticket, seeing sight: Sight) async throws -> Relatives {
        let now = now
        return try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            var relatives = Relatives()
            let above = [ticket.ties.parent, ticket.ties.mergedInto].compactMap(\.self)
            let up = try await transaction.relatives("t.id = any (\(above))")
            relatives.parent = up.first { $0.id == ticket.ties.parent }
            relatives.mergedInto = up.first { $0.id == ticket.ties.mergedInto }
            relatives.parts = try await transaction.relatives(
                "t.parent = \(ticket.id) order by t.id limit \(Self.most)")
            relatives.merged = try await transaction.relatives(
                "t.merged_into = \(ticket.id) order by t.id limit \(Self.most)")
            let links = try await transaction.links(of: [ticket.id])
            let others = try await transaction.relatives("t.number = any (\(links.map(\.number.description)))")
            relatives.links = links.compactMap { link in
                others.first { $0.number == link.number }.map { (link, $0) }
            }
            if ticket.ties.hasFollowers { relatives.followers = try await transaction.followers(of: ticket.id) }
            if ticket.state != .resolved, ticket.state != .closed {
                relatives.twins = try await transaction.twins(
                    of: ticket, since: now - Self.twinsWithin, apartFrom: relatives.known)
            }
            return relatives
        }
    }
}

extension Transaction {
    fileprivate borrowing func relatives(_ condition: SQL) async throws -> [Relative] {
        try await all(Query<Relative>("select \(columns: Relative.self) from ticket t where \(condition)"))
    }

    /// The open tickets of the last days that resemble one, the most alike first: among the newest of the same
    /// requester and of the same site, which two indexes give, however many tickets there are.
    fileprivate borrowing func twins(
        of ticket: Ticket, since: Moment, apartFrom known: Set<TicketID>
    ) async throws -> [Relative] {
        let subject = try await first("select subject from ticket where id = \(ticket.id)", as: String.self) ?? ""
        let near = try await relatives(
            """
            t.id in (
                (select n.id from ticket n where n.requester = \(ticket.requester) order by n.id desc limit 20)
                union
                (select n.id from ticket n where n.site = \(ticket.origin) order by n.id desc limit 200))
            and t.state not in ('resolved', 'closed') and t.opened_at > \(since) and t.id <> \(ticket.id)
            """)
        let words = SubjectWords(subject)
        let rated = near.filter { !known.contains($0.id) }.map { other in
            let likeness = words.likeness(to: SubjectWords(other.subject))
            return (other: other, likeness: other.requester == ticket.requester ? likeness + 0.3 : likeness)
        }
        return rated.filter { $0.likeness >= 0.5 }
            .sorted { ($0.likeness, $0.other.id) > ($1.likeness, $1.other.id) }.prefix(5).map(\.other)
    }
}
