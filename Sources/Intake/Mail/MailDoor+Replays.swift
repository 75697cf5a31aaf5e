import Desk
public import DeskStore
import Foundation
import Mail
import Postgres
import Runtime

extension MailDoor {
    /// Takes a mail that was kept once more, as if it came in now: by rules that may have changed, and however much its
    /// sender has written. It stays the mail that it is; only what became of it changes.
    ///
    /// - Throws: `NotParked`, `StillUnkept`, `Refusal`, `DatabaseError`.
    public func replay(_ mail: InboundMail, seeing sight: Sight) async throws {
        let content = try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.blob(mail.original)
        }
        let kept = MailArrival.Kept(mail: mail.uuid, kind: mail.kind)
        _ = try await settle(content, from: mail.sender, to: mail.recipient, kept: kept)
    }

    /// Takes a mail that was parked as if it came in now, however much its sender has written.
    ///
    /// - Returns: what became of it, as a mail system hears it.
    /// - Throws: `NotParked`, `StillUnkept`, `Refusal`, `DatabaseError`.
    public func release(_ parked: ParkedMail) async throws -> String {
        let content = try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.blob(parked.original)
        }
        let kept = MailArrival.Kept(mail: parked.uuid, kind: .parked)
        return try await settle(content, from: parked.sender, to: parked.recipient, kept: kept).note
    }

    private func settle(
        _ content: [UInt8], from sender: String, to recipient: String, kept: MailArrival.Kept
    ) async throws -> MailArrival.Outcome {
        let recipient = Address(recipient) ?? Address(local: recipient, domain: "")
        let message = try await read(content, from: Address(sender))
        do {
            return try await MailArrival(message, for: recipient, door: self, kept: kept).settle()
        } catch let error as DatabaseError where Self.isOfContent(error) {
            log.warning("mail not understood", ["message_id": .string(message.id), "err": .error(error)])
            throw StillUnkept()
        }
    }
}
