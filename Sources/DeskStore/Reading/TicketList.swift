public import Desk
public import Moments
public import Postgres

/// Which tickets a list shows.
public struct TicketFilter: Sendable, Equatable {
    public var site: SiteID?
    public var team: TeamID?
    /// Any of these; empty for every team.
    public var teams: [TeamID] = []
    public var tier: Int?
    public var states: [Ticket.State] = []
    public var requester: PersonID?
    public var person: PersonID?
    /// Only what nobody has taken yet.
    public var isUntaken = false
    /// Only what was offered to one of these teams, or asked of one of them; empty for every ticket.
    public var offeredTo: [TeamID] = []
    public var askedOf: [TeamID] = []
    /// Only what one of these positions owns; empty for every ticket.
    public var owners: [PositionID] = []
    /// Only where a call-back is promised.
    public var hasCallback = false
    public var category: CategoryID?
    public var tag: String?
    public var updatedAfter: Moment?
    /// A ticket's number, or words of its subject, each from its beginning.
    public var words: String?

    public init() {}

    var conditions: SQL {
        guard let words else { return plainConditions }
        return "\(plainConditions) and \(TicketSearch(words).condition)"
    }

    /// The keys of the newest tickets, behind the one with the key `before`, as a subquery.
    func newest(before: TicketID?, limit: Int) -> SQL {
        let conditions: SQL = before.map { "\(plainConditions) and t.id < \($0)" } ?? plainConditions
        if let words { return TicketSearch(words).newest(conditions, limit: limit) }
        return "select t.id from ticket t where \(conditions) order by t.id desc limit \(limit)"
    }

    private var plainConditions: SQL {
        var sql: SQL = "true"
        if let site { sql = "\(sql) and t.holder_site = \(site)" }
        if let team { sql = "\(sql) and t.team = \(team)" }
        if !teams.isEmpty { sql = "\(sql) and t.team = any (\(teams))" }
        if isUntaken { sql = "\(sql) and t.person is null" }
        if !offeredTo.isEmpty { sql = "\(sql) and t.offered_team = any (\(offeredTo))" }
        if !askedOf.isEmpty {
            let asked: SQL = "select q.ticket from inquiry q where q.team = any (\(askedOf)) and q.ended_at is null"
            sql = "\(sql) and t.id in (\(asked))"
        }
        if !owners.isEmpty { sql = "\(sql) and t.owner = any (\(owners))" }
        if hasCallback { sql = "\(sql) and t.callback_due is not null" }
        if let tier { sql = "\(sql) and t.tier = \(tier)" }
        if let requester { sql = "\(sql) and t.requester = \(requester)" }
        if let person { sql = "\(sql) and t.person = \(person)" }
        if let category { sql = "\(sql) and t.category = \(category)" }
        if let tag { sql = "\(sql) and t.id in (select g.ticket from ticket_tag g where g.tag = \(tag))" }
        if let updatedAfter { sql = "\(sql) and t.updated_at > \(updatedAfter)" }
        if !states.isEmpty { sql = "\(sql) and t.state = any (\(states.map(\.rawValue)))" }
        return sql
    }
}

/// A place in the order of work: by priority, then by age.
public struct WorkloadPlace: Sendable, Equatable {
    public let priority: Priority
    public let openedAt: Moment
    public let ticket: TicketID

    public init(_ ticket: Ticket) {
        (priority, openedAt, self.ticket) = (ticket.classification.priority, ticket.times.opened, ticket.id)
    }

    /// The place in an address, such as `2-1772442000000000-17`; nil for anything else.
    public init?(text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let priority = Int(parts[0]).flatMap(Priority.init), let opened = Int64(parts[1]),
            let ticket = Int64(parts[2])
        else { return nil }
        (self.priority, openedAt, self.ticket) = (priority, Moment(microseconds: opened), TicketID(ticket))
    }

    public var text: String { "\(priority.rawValue)-\(openedAt.microseconds)-\(ticket)" }
}

/// A line of a list.
public struct TicketSummary: Sendable {
    public let record: TicketRecord
    public let requesterName: String
    public let requesterAddress: String?
    public let requesterClass: String
    public let due: Moment?
    public var ticket: Ticket { record.ticket }
}

extension TicketSummary: PostgresRow {
    public static var columns: String {
        """
        \(TicketRecord.columns), p.name, p.class, \
        (select a.address from person_address a where a.person = p.id order by a.address limit 1), \
        (select min(c.due_at) from clock c where c.ticket = t.id and c.episode = t.episode and c.state = 'running')
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        record = try TicketRecord(from: &row)
        (requesterName, requesterClass) = (try row.read(), try row.read())
        (requesterAddress, due) = (try row.read(), try row.read())
    }
}

extension Query<TicketSummary> {
    static func newest(_ filter: TicketFilter, before: TicketID?, limit: Int) -> Self {
        """
        select \(columns: TicketSummary.self) from ticket t join person p on p.id = t.requester
        where t.id in (\(filter.newest(before: before, limit: limit))) order by t.id desc
        """
    }

    static func workload(_ filter: TicketFilter, after last: WorkloadPlace?, limit: Int) -> Self {
        let page: SQL =
            last.map {
                """
                and (t.priority, t.opened_at, t.id) > (\($0.priority), \($0.openedAt), \($0.ticket))
                """
            } ?? ""
        return """
            select \(columns: TicketSummary.self) from ticket t join person p on p.id = t.requester
            where t.state <> 'closed' and \(filter.conditions) \(page)
            order by t.priority, t.opened_at, t.id limit \(limit)
            """
    }
}

extension DeskStore {
    /// The newest tickets first, `limit` of them behind the ticket with the key `before`.
    public func tickets(
        _ filter: TicketFilter, before: TicketID? = nil, limit: Int = 50, seeing sight: Sight
    ) async throws -> [TicketSummary] {
        try await all(.newest(filter, before: before, limit: limit), seeing: sight)
    }

    /// What a team or a site has to do, the most urgent and longest waiting first; closed tickets are never in it.
    public func workload(
        _ filter: TicketFilter, after last: WorkloadPlace? = nil, limit: Int = 50, seeing sight: Sight
    ) async throws -> [TicketSummary] {
        try await all(.workload(filter, after: last, limit: limit), seeing: sight)
    }
}
