public import Foundation
public import Secrets

/// What proves that somebody has had a mail of ours about a ticket: the ticket's identity and a code that only we can
/// make.
///
/// It is written into reply addresses and into links, each with its own purpose, and survives systems that turn
/// addresses into lower case: base32 of the 16 bytes of the identity, a full stop, base32 of the first 80 bits of an
/// HMAC-SHA256.
public struct ConversationToken: Sendable {
    private let keys: [SecretKey]

    public enum Purpose: String, Sendable {
        case replyAddress = "reply-address"
        case link = "ticket-link"
    }

    public init(_ keys: MasterKeys, for purpose: Purpose) {
        self.keys = keys.keys(for: purpose.rawValue)
    }

    public func text(for ticket: UUID) -> String {
        Base32.encode(ticket.bytes) + "." + code(for: ticket, under: keys[0])
    }

    /// The identity in a token, if the code is one of ours.
    public func ticket(in text: some StringProtocol) -> UUID? {
        let parts = text.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let bytes = Base32.decode(parts[0]), let ticket = UUID(bytes: bytes) else { return nil }
        let isOurs = keys.contains { areEqualInConstantTime(String(parts[1]), code(for: ticket, under: $0)) }
        return isOurs ? ticket : nil
    }

    private func code(for ticket: UUID, under key: SecretKey) -> String {
        Base32.encode(Array(Digest.hmac(of: ticket.bytes, key: key).bytes.prefix(10)))
    }
}

extension UUID {
    fileprivate var bytes: [UInt8] { withUnsafeBytes(of: uuid) { Array($0) } }

    fileprivate init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self = bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
