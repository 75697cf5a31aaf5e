import Desk
import DeskMail
public import DeskStore
import Foundation
public import Mail
import Postgres
public import Runtime
public import Secrets

/// Takes mail for the desk: every message is kept with what became of it, and answered only when it is safe.
public struct MailDoor: Sendable {
    let store: DeskStore
    let replies: ReplyAddress
    let bounces: BounceAddress
    let exchanges: ExchangeAddress
    let loopMark: LoopMark
    let log: Log
    private let offload: Offload

    /// From this size on a mail is read off the event loop, on which others wait meanwhile.
    public static let large = 256 * 1024

    /// - Parameter offload: where large mails are read.
    public init(
        store: DeskStore, keys: MasterKeys, log: Log, offload: Offload = Offload(width: 2, name: "mail")
    ) {
        (self.store, self.log, self.offload) = (store, log, offload)
        (replies, bounces, exchanges) = (ReplyAddress(keys), BounceAddress(keys), ExchangeAddress(keys))
        loopMark = LoopMark(keys)
    }

    /// Tells whether a recipient is wanted: an address of a site, or one that our letters carry. The postmaster always
    /// is (RFC 5321, section 4.5.1). An address that the organisation had a moment ago is not looked up again: what
    /// comes of its mail is decided when that is there.
    public func accept(_ recipient: Address) async throws -> SMTPReply? {
        if store.lastDirectory?.organisation.site(receiving: recipient.key) != nil { return nil }
        return try await site(of: recipient) == nil ? .unknown(recipient) : nil
    }

    /// Keeps a message for each of its recipients and tells what became of it; 451 where it could not be kept.
    public func deliver(_ envelope: Envelope, _ content: [UInt8]) async -> [SMTPReply] {
        guard let message = try? await read(content, from: envelope.sender) else {
            return envelope.recipients.map { _ in .unavailable }
        }
        var answers: [SMTPReply] = []
        for recipient in envelope.recipients {
            do {
                let outcome = try await settle(message, for: recipient)
                log.info(
                    "mail kept",
                    [
                        "recipient": .string(recipient.key), "message_id": .string(message.id),
                        "kind": .string(outcome.kind.rawValue), "ticket": .string(outcome.number?.description ?? ""),
                    ])
                answers.append(.delivered(to: recipient, outcome.note))
            } catch {
                log.warning("mail not kept", ["recipient": .string(recipient.key), "err": .error(error)])
                answers.append(.unavailable)
            }
        }
        return answers
    }

    /// Understands a message, wherever that holds nobody up.
    ///
    /// - Throws: `CancellationError`, nothing else.
    func read(_ content: [UInt8], from sender: Address?) async throws -> IncomingMessage {
        if content.count < Self.large { return IncomingMessage(content, sender: sender) }
        return try await offload.run { IncomingMessage(content, sender: sender) }
    }

    /// Keeps a message for one recipient. What cannot be taken because of what it holds would fail each time that it is
    /// sent again, until the mail system gives up: it is kept as it is, for somebody to look at.
    private func settle(_ message: IncomingMessage, for recipient: Address) async throws -> MailArrival.Outcome {
        let arrival = MailArrival(message, for: recipient, door: self)
        do {
            return try await arrival.settle()
        } catch let error where Self.isOfContent(error) {
            log.warning("mail not understood", ["message_id": .string(message.id), "err": .error(error)])
            return try await arrival.keepUnread()
        }
    }

    /// Whether the same message would fail in the same way another time.
    static func isOfContent(_ error: any Error) -> Bool {
        if error is Refusal { return true }
        guard let error = error as? DatabaseError else { return false }
        // Values that do not fit, constraints, and what is too long or too complex for the server.
        return ["22", "23", "54"].contains(error.sqlState?.family)
    }

    /// What a recipient's address says that the mail is about: a ticket, a letter about one, or an exchange with a
    /// supplier.
    func identity(in recipient: Address) -> UUID? {
        replies.ticket(in: recipient.key) ?? bounces.letter(in: recipient.key)?.letter
            ?? exchanges.exchange(in: recipient.key)
    }

    /// The site whose mail comes to an address; for one that our letters carry, that of the ticket.
    func site(of recipient: Address) async throws -> SiteID? {
        try await site(of: recipient, in: store.directory())
    }

    func site(of recipient: Address, in directory: Directory) async throws -> SiteID? {
        if let site = directory.organisation.site(receiving: recipient.key) { return directory.sites[site.code] }
        if recipient.domain.isEmpty, recipient.local.lowercased() == "postmaster" { return directory.defaultSite }
        guard let identity = identity(in: recipient) else { return nil }
        let owner = try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.conversation(identity)
        }
        return owner.flatMap { directory.sites[$0.ticket.site] }
    }
}
