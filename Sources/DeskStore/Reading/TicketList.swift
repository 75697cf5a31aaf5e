public import Desk
public import Moments
public import Postgres

/// Which tickets a list shows.
public struct TicketFilter: Sendable, Equatable {
    public var site: SiteID?
    public var team: TeamID?
    public var tier: Int?
    public var states: [Ticket.State] = []
    public var requester: PersonID?
    public var person: PersonID?
    public var category: CategoryID?
    public var updatedAfter: Moment?
    /// A ticket's number, or words of its subject.
    public var words: String?

    public init() {}

    var conditions: SQL {
        var sql: SQL = "true"
        if let site { sql = "\(sql) and t.holder_site = \(site)" }
        if let team { sql = "\(sql) and t.team = \(team)" }
        if let tier { sql = "\(sql) and t.tier = \(tier)" }
        if let requester { sql = "\(sql) and t.requester = \(requester)" }
        if let person { sql = "\(sql) and t.person = \(person)" }
        if let category { sql = "\(sql) and t.category = \(category)" }
        if let updatedAfter { sql = "\(sql) and t.updated_at > \(updatedAfter)" }
        if !states.isEmpty { sql = "\(sql) and t.state = any (\(states.map(\.rawValue)))" }
        if let words {
            let pattern =
                "%\(words.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_"))%"
            sql = "\(sql) and (t.number = \(words) or t.subject ilike \(pattern))"
        }
        return sql
    }
}

/// A line of a list.
public struct TicketSummary: Sendable {
    public let record: TicketRecord
    public let requesterName: String
    public let requesterAddress: String?
    public let due: Moment?
    public var ticket: Ticket { record.ticket }
}

extension TicketSummary: PostgresRow {
    public static var columns: String {
        """
        \(TicketRecord.columns), p.name, \
        (select a.address from person_address a where a.person = p.id order by a.address limit 1), \
        (select min(c.due_at) from clock c where c.ticket = t.id and c.episode = t.episode and c.state = 'running')
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            record: try TicketRecord(from: &row), requesterName: try row.read(), requesterAddress: try row.read(),
            due: try row.read())
    }
}

extension Query<TicketSummary> {
    static func newest(_ filter: TicketFilter, before: TicketID?, limit: Int) -> Self {
        let page: SQL = before.map { "and t.id < \($0)" } ?? ""
        return """
            select \(columns: TicketSummary.self) from ticket t join person p on p.id = t.requester
            where \(filter.conditions) \(page) order by t.id desc limit \(limit)
            """
    }

    static func workload(_ filter: TicketFilter, after last: TicketRecord?, limit: Int) -> Self {
        let page: SQL =
            last.map {
                """
                and (t.priority, t.opened_at, t.id) > (\($0.ticket.classification.priority), \
                \($0.ticket.times.opened), \($0.ticket.id))
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
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.all(.newest(filter, before: before, limit: limit))
        }
    }

    /// What a team or a site has to do, the most urgent and longest waiting first; closed tickets are never in it.
    public func workload(
        _ filter: TicketFilter, after last: TicketRecord? = nil, limit: Int = 50, seeing sight: Sight
    ) async throws -> [TicketSummary] {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.all(.workload(filter, after: last, limit: limit))
        }
    }
}
