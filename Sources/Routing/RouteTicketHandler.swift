import Desk
public import DeskStore
public import Jobs
import Postgres

/// Has the routing table decide where a new ticket belongs, or once more where somebody asked for it.
public struct RouteTicketHandler: Sendable {
    let store: DeskStore

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: RouteTicket.self) {
            (job: RouteTicket, context: JobContext, transaction: borrowing Transaction) in
            do {
                let outcome = try await store.route(
                    job.ticket, again: job.asker != nil, by: job.asker.map { .person($0) } ?? .program,
                    cause: "job \(context.id)", using: transaction)
                return outcome.ofJob(about: job.ticket)
            } catch let refusal as Refusal {
                return .discard(because: refusal.description)
            }
        }
    }
}

extension RoutingOutcome {
    fileprivate func ofJob(about ticket: TicketID) -> JobOutcome {
        switch self {
        case .routed: .done
        case .stays(let record, _): .discard(because: "the table leaves \(record.ticket.number) where it is")
        case .wasTakenCareOf(let record):
            .discard(because: "somebody has taken care of \(record.ticket.number) already")
        case .noSuchTicket: .discard(because: "there is no ticket \(ticket)")
        case .cannot(let decision):
            .dead(because: "the routing table names what the organisation does not have: \(decision)")
        }
    }
}
