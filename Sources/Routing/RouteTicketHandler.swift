import Desk
public import DeskStore
public import Jobs
import Moments
import Postgres
import Runtime

/// Decides by the routing table where a new ticket belongs, and gives it to the team.
public struct RouteTicketHandler: Sendable {
    let store: DeskStore

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: RouteTicket.self) {
            (job: RouteTicket, context: JobContext, transaction: borrowing Transaction) in
            try await route(job.ticket, cause: "job \(context.id)", using: transaction)
        }
    }

    private func route(_ id: TicketID, cause: String, using transaction: borrowing Transaction) async throws
        -> JobOutcome
    {
        guard let (record, facts, directory) = try await store.routingFacts(of: id, using: transaction) else {
            return .discard(because: "there is no ticket \(id)")
        }
        guard record.ticket.state == .new else {
            return .discard(because: "somebody has taken care of \(record.ticket.number) already")
        }
        let now = store.timekeeper.now
        let decision = directory.organisation.routing.decide(facts, in: directory.organisation) {
            directory.isOpen($0, at: now)
        }
        guard let site = directory.sites[decision.site], let team = directory.teams[decision.team],
            let responsibility = directory.responsibility(
                of: team, at: site, position: directory.positions[decision.position])
        else { return .dead(because: "the routing table names what the organisation does not have: \(decision)") }
        let recording = Recording(by: .program, cause: cause)
        let changes = decision.changes(of: record.ticket, in: directory)
        if !changes.isEmpty {
            try await store.record(on: id, recording, using: transaction) { _ in .changed(changes) }
        }
        try await store.record(on: id, recording, using: transaction) { _ in
            .routed(responsibility, rule: decision.rule)
        }
        return .done
    }
}

extension RoutingDecision {
    /// What the decision says that the ticket does not say yet.
    func changes(of ticket: Ticket, in directory: Directory) -> Changes {
        let old = ticket.classification
        var changes = Changes()
        if kind != old.kind { changes.kind = kind }
        if let key = category.flatMap({ directory.categories[$0] }), key != old.category { changes.category = key }
        if impact != old.impact { changes.impact = impact }
        if urgency != old.urgency { changes.urgency = urgency }
        if priority != old.priority { changes.priority = priority }
        return changes
    }
}
