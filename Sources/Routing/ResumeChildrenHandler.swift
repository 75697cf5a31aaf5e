import Desk
public import DeskStore
public import Jobs
import Postgres

/// Takes the parts up again that waited with a major incident which is none any more.
public struct ResumeChildrenHandler: Sendable {
    let store: DeskStore

    /// How many tickets a transaction changes.
    static let batch = 50

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: ResumeChildren.self) {
            (job: ResumeChildren, context: JobContext, transaction: borrowing Transaction) in
            guard let whole = try await transaction.glimpse(of: job.ticket)?.ticket, !whole.ties.isMajor else {
                return .discard(because: "the ticket is a major incident again")
            }
            let recording = Recording(by: .program, cause: "end of the major incident \(whole.number)")
            // All open parts are held, one after the other: one may be about to wait, and is refused after this.
            let parts = try await transaction.openChildren(of: job.ticket, after: job.last, limit: Self.batch)
            for id in parts {
                guard let part = try await transaction.ticket(id)?.ticket, part.ties.parent == whole.id,
                    part.ties.waitsForParent
                else { continue }
                try await store.record(on: id, recording, using: transaction) { _ in .resumed }
            }
            if parts.count == Self.batch {
                try transaction.enqueueLater(ResumeChildren(ticket: job.ticket, after: parts.last), site: context.site)
            }
            return .done
        }
    }
}
