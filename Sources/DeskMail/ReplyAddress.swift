import DeskStore
public import Foundation
public import Mail
public import Secrets

/// The address that brings an answer back to its ticket: `desk+<token>@reply.example`.
///
/// A format that is written by outgoing mail and read by incoming mail stands here once.
public struct ReplyAddress: Sendable {
    private static let prefix = "desk+"
    private let token: ConversationToken

    public init(_ keys: MasterKeys) {
        token = ConversationToken(keys, for: .replyAddress)
    }

    public func address(for ticket: UUID, at domain: String, named name: String) -> Address {
        Address(name: name, local: Self.prefix + token.text(for: ticket), domain: domain)
    }

    /// The ticket that a recipient's address names, if the address is one of ours.
    public func ticket(in recipient: some StringProtocol) -> UUID? {
        let local = recipient.lowercased().prefix { $0 != "@" }
        guard local.hasPrefix(Self.prefix) else { return nil }
        return token.ticket(in: local.dropFirst(Self.prefix.count))
    }

    /// Whether an address has the form of a reply address, genuine or not.
    public static func isShaped(_ recipient: some StringProtocol) -> Bool {
        recipient.lowercased().hasPrefix(prefix)
    }
}
