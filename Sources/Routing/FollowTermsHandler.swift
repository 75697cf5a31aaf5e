import Desk
public import DeskStore
public import Jobs
import Postgres
public import Runtime

/// Lets the clocks of open tickets follow other targets and hours, from now on.
public struct FollowTermsHandler: Sendable {
    let store: DeskStore
    let log: Log

    /// How many tickets a transaction looks at.
    static let batch = 50

    public init(_ store: DeskStore, log: Log) { (self.store, self.log) = (store, log) }

    public var handler: JobHandler {
        JobHandler(for: FollowTerms.self) {
            (job: FollowTerms, context: JobContext, transaction: borrowing Transaction) in
            let tickets = try await transaction.openTickets(at: job.site, after: job.last, limit: Self.batch)
            // In the order of their keys, as everybody holds several tickets: nobody waits for another in a circle.
            for ticket in tickets.sorted(by: { $0.id < $1.id }) {
                do {
                    try await store.followTerms(ticket.id, cause: "job \(context.id)", using: transaction)
                } catch let fault as DeskInconsistency {
                    log.error("the clocks of a ticket cannot follow", ["err": .error(fault)])
                }
            }
            if tickets.count == Self.batch {
                try transaction.enqueueLater(FollowTerms(at: job.site, after: tickets.last?.turn), site: context.site)
            }
            return .done
        }
    }
}
