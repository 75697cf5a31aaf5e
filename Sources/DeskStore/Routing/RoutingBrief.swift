import Desk
import Moments
import Postgres

/// All that routing a ticket looks at, read in one round trip.
struct RoutingBrief: Sendable {
    let record: TicketRecord
    let facts: RoutingFacts
    let directory: Directory
}

extension DeskStore {
    /// Reads a ticket that is to be routed and holds it against other changes; nil if there is none.
    ///
    /// - Parameter again: whether it has been routed before; then what people have decided since is told apart from
    ///   what the table did.
    func brief(
        of id: TicketID, again: Bool, using transaction: borrowing Transaction
    ) async throws -> RoutingBrief? {
        let answers = try await transaction.pipeline(
            SQL.holding("t.id = \(id)") + ["select version from organisation order by version desc limit 1"]
                + TicketBackground.queries(of: id))
        guard try answers[0].first(as: TicketID.self) != nil, let record: TicketRecord = try answers[1].first() else {
            return nil
        }
        guard let version = try answers[2].first(as: Int64.self) else { throw NoOrganisation() }
        let directory = try await directory(version: version, using: transaction)
        guard let known = try TicketBackground(of: record, answers.dropFirst(3), in: directory) else { return nil }
        let classification = record.ticket.classification
        var facts = known.facts
        if again {
            facts.settle(try await transaction.log(of: id).map(\.recorded), categories: directory.categories.code)
        }
        if classification.basis == .person { facts.priority = classification.priority }
        return RoutingBrief(record: record, facts: facts, directory: directory)
    }
}

/// What is known of a ticket beside its row: who asks, and in which words.
struct TicketBackground: Sendable {
    var facts: RoutingFacts
    let requester: PersonRecord

    static func queries(of id: TicketID) -> [SQL] {
        [
            """
            select \(columns: PersonRecord.self) from person p
            where p.id = (select t.requester from ticket t where t.id = \(id))
            """,
            "select organisation from person where id = (select t.requester from ticket t where t.id = \(id))",
            "select text from entry where ticket = \(id) order by id limit 1",
            "select recipient from inbound_mail where ticket = \(id) order by id limit 1",
        ]
    }

    /// - Parameter answers: to ``queries(of:)``, in their order.
    init?(of record: TicketRecord, _ answers: some Collection<StatementAnswer>, in directory: Directory) throws {
        let answers = Array(answers)
        guard let requester: PersonRecord = try answers[0].first() else { return nil }
        let (ticket, classification) = (record.ticket, record.ticket.classification)
        self.requester = requester
        facts = RoutingFacts(
            site: directory.code(of: ticket.origin), channel: ticket.channel, kind: classification.kind,
            impact: classification.impact, urgency: classification.urgency,
            category: classification.category.map { directory.categories.code(of: $0) },
            subject: record.subject, text: try answers[2].first(as: String.self) ?? "",
            recipient: try answers[3].first(as: String.self),
            requester: RoutingFacts.Requester(
                address: requester.address, personClass: requester.personClass, language: ticket.language,
                site: requester.homeSite.map { directory.code(of: $0) },
                organisation: try answers[1].first(as: String?.self) ?? nil))
    }
}

extension Transaction {
    /// What is known of a ticket beside its row, in one round trip.
    borrowing func facts(of record: TicketRecord, in directory: Directory) async throws -> TicketBackground {
        let answers = try await pipeline(TicketBackground.queries(of: record.ticket.id))
        guard let known = try TicketBackground(of: record, answers, in: directory) else {
            throw DeskInconsistency("ticket \(record.ticket.number) has no requester")
        }
        return known
    }
}
