public import DeskStore
public import Postgres
import Runtime

extension Website {
    /// Does what somebody asked for by a form, in one transaction that sees what he sees.
    ///
    /// - Throws: what `body` throws, and `DatabaseError`.
    public func record<Answer: Sendable>(
        seeing sight: Sight, _ body: (borrowing Transaction) async throws -> Answer
    ) async throws -> Answer {
        let answer = try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            let answer = try await body(transaction)
            PagePoint.beforeCommit.pass()
            return answer
        }
        PagePoint.afterCommit.pass()
        return answer
    }
}
