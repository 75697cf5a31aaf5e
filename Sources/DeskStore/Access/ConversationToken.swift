public import Foundation
public import Secrets

/// What proves that somebody has had a mail of ours about a ticket: the ticket's identity and a code that only we can
/// make.
///
/// It is written into reply addresses and into links, each with its own purpose.
public struct ConversationToken: Sendable {
    private let token: SignedToken

    public enum Purpose: String, Sendable {
        case replyAddress = "reply-address"
        case link = "ticket-link"
    }

    public init(_ keys: MasterKeys, for purpose: Purpose) {
        token = SignedToken(keys, for: purpose.rawValue)
    }

    public func text(for ticket: UUID) -> String { token.text(for: ticket.bytes) }

    /// The identity in a token, if the code is one of ours.
    public func ticket(in text: some StringProtocol) -> UUID? { token.bytes(in: text).flatMap { UUID(bytes: $0) } }
}

extension UUID {
    /// The sixteen bytes that it is.
    public var bytes: [UInt8] { withUnsafeBytes(of: uuid) { Array($0) } }

    /// Nil unless there are sixteen bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        self = Array(bytes).withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
