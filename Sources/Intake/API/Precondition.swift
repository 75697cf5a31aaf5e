import DeskStore
import HTTP

/// What a request that changes a ticket demands of its version (RFC 9110 section 13.1.1, RFC 6585 section 3).
struct Precondition: Sendable {
    private let conditions: Conditions

    /// - Throws: `Problem` 428 where the request does not say which version it means.
    init(_ request: Request, of thing: String = "the ticket") throws(Problem) {
        conditions = Conditions(request)
        guard conditions.namesVersion else {
            throw Problem(
                .preconditionRequired,
                detail: "Read \(thing) first and send its ETag as If-Match, so that no change of others is lost.")
        }
    }

    /// - Throws: `TicketChanged` where the ticket is another version by now.
    func check(_ revision: Int64) throws(TicketChanged) {
        guard accepts(revision) else { throw TicketChanged(revision: revision) }
    }

    /// Whether it is this version that is meant.
    func accepts(_ revision: Int64) -> Bool { conditions.verdict(tag: EntityTag(String(revision))) == .proceed }
}
