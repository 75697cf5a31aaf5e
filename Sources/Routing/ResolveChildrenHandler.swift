import Catalogue
import Desk
public import DeskStore
public import Jobs
import Postgres

/// Resolves the parts of a ticket with the outcome that the ticket has, and a note that says with which one.
///
/// Reopening the whole does not reopen its parts: each is reopened by whoever is not content with it.
public struct ResolveChildrenHandler: Sendable {
    let store: DeskStore

    /// How many tickets a transaction changes.
    static let batch = 50

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: ResolveChildren.self) {
            (job: ResolveChildren, context: JobContext, transaction: borrowing Transaction) in
            // Only the parts are held, the oldest first: whoever ties two tickets holds them in that order too.
            guard let parent = try await transaction.glimpse(of: job.ticket)?.ticket, let outcome = parent.outcome
            else {
                return .discard(because: "the ticket is not resolved any more")
            }
            let parts = try await transaction.openChildren(of: job.ticket, after: job.last, limit: Self.batch)
            for id in parts {
                guard let child = try await transaction.ticket(id)?.ticket, child.ties.parent == parent.id,
                    child.state != .resolved, child.state != .closed
                else { continue }
                let isHis = child.requester == parent.requester
                // What others have had is not solved at first contact, even if the whole was.
                let end = outcome == .solvedFirstContact && child.wasPassedOn ? .solved : outcome
                let recording = Recording(
                    by: .program,
                    note: Note(
                        Self.words(for: child, solvedWith: parent), visibility: isHis ? .public : .internal,
                        kind: .system),
                    cause: "resolution of \(parent.number)")
                try await store.record(on: id, recording, using: transaction) { occasion in
                    .resolved(end, note: isHis ? occasion.entry : nil)
                }
            }
            if parts.count == Self.batch {
                try transaction.enqueueLater(ResolveChildren(ticket: job.ticket, after: parts.last), site: context.site)
            }
            return .done
        }
    }

    /// Names the whole to those who see it: whoever sees the part may not.
    private static func words(for child: Ticket, solvedWith parent: Ticket) -> String {
        let wording = Wording(Language(tag: child.language) ?? .english)
        let isKnown = child.requester == parent.requester || Set(child.scopes).isSubset(of: parent.scopes)
        return isKnown
            ? wording(.solvedWithParent, ["number": parent.number.description]) : wording(.solvedWithUnseen)
    }
}
