import Desk
public import DeskStore
public import Jobs
import Postgres

/// Takes the parts up again that waited with a major incident which is none any more.
public struct ResumeChildrenHandler: Sendable {
    let store: DeskStore

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: ResumeChildren.self) {
            (job: ResumeChildren, context: JobContext, transaction: borrowing Transaction) in
            guard let whole = try await transaction.glimpse(of: job.ticket)?.ticket, !whole.ties.isMajor else {
                return .discard(because: "the ticket is a major incident again")
            }
            let recording = Recording(by: .program, cause: "end of the major incident \(whole.number)")
            // All open parts are held, one after the other: one may be about to wait, and is refused after this.
            for id in try await transaction.openChildren(of: job.ticket) {
                guard let part = try await transaction.ticket(id)?.ticket, part.ties.parent == whole.id,
                    part.ties.waitsForParent
                else { continue }
                try await store.record(on: id, recording, using: transaction) { _ in .resumed }
            }
            return .done
        }
    }
}
