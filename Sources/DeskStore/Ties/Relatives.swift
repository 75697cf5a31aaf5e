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
    /// Whether it is a major incident that goes on.
    public let isDisturbance: Bool
}

extension Relative: PostgresRow {
    public static var columns: String {
        """
        t.id, t.number, t.subject, t.state, t.requester, t.opened_at, \
        t.major and t.state not in ('resolved', 'closed')
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), number: try row.read(), subject: try row.read(), state: try row.read(),
            requester: try row.read(), openedAt: try row.read(), isDisturbance: try row.read())
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

    /// What is announced of it.
    public var announcements: [AnnouncementView] = []

    /// Of all its parts, also of those that are too many to be named.
    public var partsAtHand = PartsAtHand()

    /// How many people follow it beside whoever asked.
    public var followers = 0

    public init() {}

    /// Every ticket named, other than the likely twins.
    var known: Set<TicketID> {
        Set([parent, mergedInto].compactMap { $0?.id } + (parts + merged).map(\.id) + links.map(\.other.id))
    }
}

/// What is asked to tell with which tickets one belongs together; those that these eyes do not see are left out.
struct RelativesQuestions: Sendable {
    /// How many of a kind a page names at most.
    private static let most = 50
    /// How old a likely twin is at most.
    private static let twinsWithin = Duration.seconds(7 * 86_400)

    private let above: Pending<[Relative]>
    private let parts: Pending<[Relative]>
    private let partsAtHand: Pending<PartsAtHand>
    private let merged: Pending<[Relative]>
    private let links: Pending<[TicketLink]>
    private let others: Pending<[Relative]>
    private let followers: Pending<Int?>
    private let near: Pending<[Relative]>
    private let announcements: Pending<[AnnouncementView]>

    init(of number: TicketNumber, at now: Moment, in batch: inout Batch) {
        let ticket: SQL = .ticket(number)
        above = batch.all(.relatives("t.id in (\(.of(number, "parent")), \(.of(number, "merged_into")))"))
        parts = batch.all(.relatives("t.parent = \(ticket) order by t.id limit \(Self.most)"))
        partsAtHand = PartsAtHand.asked(of: ticket, in: &batch)
        merged = batch.all(.relatives("t.merged_into = \(ticket) order by t.id limit \(Self.most)"))
        links = batch.all(.links("= \(ticket)"))
        others = batch.all(
            .relatives(
                """
                t.id in (select l.other from ticket_link l where l.ticket = \(ticket)
                    union all select l.ticket from ticket_link l where l.other = \(ticket))
                """))
        followers = batch.first("select count(*) from follower where ticket = \(ticket)", as: Int.self)
        announcements = batch.all(
            AnnouncementView.query("a.ticket = \(ticket) and a.until is null"), as: AnnouncementView.Row.self
        ).map(AnnouncementView.grouped)
        // The open tickets of the last days that may resemble it: among the newest of the same requester and of the
        // same site, which two indexes give, however many tickets there are.
        near = batch.all(
            .relatives(
                """
                t.id in (
                    (select n.id from ticket n where n.requester = \(.of(number, "requester"))
                        order by n.id desc limit 20)
                    union
                    (select n.id from ticket n where n.site = \(.of(number, "site")) order by n.id desc limit 200))
                and t.state not in ('resolved', 'closed') and t.opened_at > \(now - Self.twinsWithin)
                and t.id <> \(ticket) and \(.isOpen(number))
                """))
    }

    func relatives(of record: TicketRecord, _ answers: BatchAnswers) throws -> Relatives {
        let ticket = record.ticket
        var relatives = Relatives()
        relatives.parent = try answers[above].first { $0.id == ticket.ties.parent }
        relatives.mergedInto = try answers[above].first { $0.id == ticket.ties.mergedInto }
        (relatives.parts, relatives.merged) = (try answers[parts], try answers[merged])
        relatives.partsAtHand = try answers[partsAtHand]
        let others = try answers[others]
        relatives.links = try answers[links].compactMap { link in
            others.first { $0.number == link.number }.map { (link, $0) }
        }
        relatives.announcements = try answers[announcements]
        relatives.followers = try answers[followers] ?? 0
        relatives.twins = record.twins(among: try answers[near], apartFrom: relatives.known)
        return relatives
    }
}

extension TicketRecord {
    /// Those of some tickets that resemble this one, the most alike first.
    fileprivate func twins(among near: [Relative], apartFrom known: Set<TicketID>) -> [Relative] {
        let words = SubjectWords(subject)
        let rated = near.filter { !known.contains($0.id) }.map { other in
            let likeness = words.likeness(to: SubjectWords(other.subject))
            return (other: other, likeness: other.requester == ticket.requester ? likeness + 0.3 : likeness)
        }
        return rated.filter { $0.likeness >= 0.5 }
            .sorted { ($0.likeness, $0.other.id) > ($1.likeness, $1.other.id) }.prefix(5).map(\.other)
    }
}

extension Query<Relative> {
    fileprivate static func relatives(_ condition: SQL) -> Self {
        "select \(columns: Relative.self) from ticket t where \(condition)"
    }
}
