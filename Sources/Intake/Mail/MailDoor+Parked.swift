import Desk
public import DeskStore
import Mail
import Postgres

/// The mail was parked, and somebody has released it or put it aside meanwhile.
public struct NotParked: Error, CustomStringConvertible {
    public init() {}
    public var description: String { "The mail is parked no longer; somebody has seen to it." }
}

extension MailDoor {
    /// Takes a mail that was parked as if it came in now, however much its sender has written.
    ///
    /// - Returns: what became of it, as a mail system hears it.
    /// - Throws: `NotParked`, `DatabaseError`.
    public func release(_ parked: ParkedMail) async throws -> String {
        let content = try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.blob(parked.original)
        }
        let recipient = Address(parked.recipient) ?? Address(local: parked.recipient, domain: "")
        let message = IncomingMessage(content, sender: Address(parked.sender))
        let outcome = try await MailArrival(message, for: recipient, door: self, parked: parked).settle()
        return outcome.number?.description ?? "kept \(outcome.kind.rawValue)"
    }
}
