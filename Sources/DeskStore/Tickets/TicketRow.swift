public import Desk
import Moments
public import Postgres

extension TicketNumber: RawRepresentable, PostgresValue {
    public init?(rawValue: String) { self.init(rawValue) }
    public var rawValue: String { description }
}

extension Identifier: PostgresValue {}
extension Ticket.State: PostgresValue {}
extension Ticket.Kind: PostgresValue {}
extension Ticket.Outcome: PostgresValue {}
extension Ticket.Event.Kind: PostgresValue {}
extension Ticket.Actor.Kind: PostgresValue {}
extension Impact: PostgresValue {}
extension Urgency: PostgresValue {}
extension Priority: PostgresValue {}
extension PriorityBasis: PostgresValue {}
extension Channel: PostgresValue {}
extension Means: PostgresValue {}
extension Visibility: PostgresValue {}
extension EntryKind: PostgresValue {}
extension Holder.Kind: PostgresValue {}
extension Scope.Kind: PostgresValue {}
extension SupplierState: PostgresValue {}
extension SupplierMessage.Kind: PostgresValue {}
extension Letter: PostgresValue {}
extension DeadlineKind: PostgresValue {}
extension Measure: PostgresValue {}
extension ClockSubject.Kind: PostgresValue {}
extension Role: PostgresValue {}

/// A ticket as it is kept: the value that rules move, and the words that rules do not need.
public struct TicketRecord: Sendable, Equatable {
    public var ticket: Ticket
    public var subject: String
}

extension TicketRecord: PostgresRow {
    public static var columns: String {
        """
        t.subject, t.id, t.number, t.site, t.channel, t.client, t.requester, t.language, \
        t.kind, t.category, t.impact, t.urgency, t.priority, t.priority_basis, t.priority_reason, t.tags, \
        t.state, t.outcome, \
        t.holder, t.supplier, t.holder_site, t.tier, t.team, t.position, t.person, \
        (select m.confidential from team m where m.id = t.team), \
        t.owner, \
        \(shared("s.supplier")), \(shared("s.opened_at")), \(shared("s.acknowledged_at")), \
        \(shared("s.state = 'waiting_for_us'")), \(shared("s.asks_requester")), \
        t.callback_due, t.callback_promised_at, \
        array(select unnest(array[q.question, q.supplier, q.site, q.tier, q.team, extract(epoch from q.asked_at) * 1000000])
            from inquiry q where q.ticket = t.id and q.ended_at is null order by q.question)::bigint[], \
        t.offered_site, t.offered_tier, t.offered_team, t.sufficient, t.returns, t.escalation, t.escalated_at, t.resumes_at, \
        t.means, \
        t.parent, t.merged_into, t.major, t.followed, t.listeners, t.waits_for_parent, t.passed_on, \
        t.opened_at, t.first_response_at, t.resolved_at, t.closed_at, coalesce(t.last_update_at, t.opened_at), \
        coalesce(t.team_since, t.opened_at), t.first_line_since, t.held_since, t.updated_at, t.episode, t.revision
        """
    }

    /// Something of each supplier that shares the ticket, in the order in which they got it.
    private static func shared(_ column: String) -> String {
        """
        array(select \(column) from supplier_ticket s \
        where s.ticket = t.id and s.ended_at is null and s.question is null and not s.serves order by s.opened_at, s.id)
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        subject = try row.read()
        let (id, number, origin): (TicketID, TicketNumber, SiteID) = (try row.read(), try row.read(), try row.read())
        let (channel, client): (Channel, SupplierID?) = (try row.read(), try row.read())
        let (requester, language): (PersonID, String) = (try row.read(), try row.read())
        let classification = Classification(
            kind: try row.read(), category: try row.read(), impact: try row.read(), urgency: try row.read(),
            priority: try row.read(), basis: try row.read(), priorityReason: try row.read(), tags: try row.read())
        let (state, outcome): (Ticket.State, Ticket.Outcome?) = (try row.read(), try row.read())
        let (held, supplier): (Holder.Kind, SupplierID?) = (try row.read(), try row.read())
        let place = Place(site: try row.read(), tier: try row.read(), team: try row.read())
        let responsibility = Responsibility(
            place: place, position: try row.read(), person: try row.read(), isConfidential: try row.read())
        ticket = Ticket(
            id: id, number: number, origin: origin, channel: channel, client: client, requester: requester,
            language: language, classification: classification, state: state, outcome: outcome,
            holder: Holder(held, supplier: supplier, place: place), responsibility: responsibility,
            owner: try row.read(), sharings: try Self.sharings(&row), undertakings: try row.readUndertakings(),
            ties: try row.readTies(), wasPassedOn: try row.read(),
            times: Ticket.Times(
                opened: try row.read(), firstResponse: try row.read(), resolved: try row.read(),
                closed: try row.read(), lastUpdate: try row.read(), teamSince: try row.read(),
                firstLineSince: try row.read()),
            heldSince: try row.read(), updatedAt: try row.read(), episode: try row.read(), revision: try row.read())
    }

    private static func sharings(_ row: inout RowReader) throws(UndecodableColumn) -> [Ticket.Sharing] {
        let (suppliers, beginnings): ([SupplierID], [Moment]) = (try row.read(), try row.read())
        let (acknowledgements, waits): ([Moment?], [Bool]) = (try row.read(), try row.read())
        let asks: [Bool] = try row.read()
        return suppliers.indices.map { place in
            Ticket.Sharing(
                suppliers[place], since: beginnings[place], acknowledged: acknowledgements[place],
                waitsForDesk: waits[place], asksRequester: asks[place])
        }
    }
}

extension Holder {
    /// The holder as columns keep it: the place is that of the team which answers for the ticket in any case.
    init(_ kind: Kind, supplier: SupplierID?, place: Place) {
        switch (kind, supplier) {
        case (.supplier, let supplier?): self = .supplier(supplier)
        case (.requester, _): self = .requester
        case (.team, _), (.supplier, nil): self = .team(place)
        }
    }
}
