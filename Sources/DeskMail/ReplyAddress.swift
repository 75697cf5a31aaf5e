import DeskStore
public import Foundation
public import Mail
public import Secrets

/// The address that brings an answer back to its ticket: `desk+<token>@reply.example`.
public struct ReplyAddress: Sendable {
    private static let tag = AddressTag("desk")
    private let token: ConversationToken

    public init(_ keys: MasterKeys) {
        token = ConversationToken(keys, for: .replyAddress)
    }

    public func address(for ticket: UUID, at domain: String, named name: String) -> Address {
        Address(name: name, local: Self.tag.local(token.text(for: ticket)), domain: domain)
    }

    /// The ticket that a recipient's address names, if the address is one of ours.
    public func ticket(in recipient: some StringProtocol) -> UUID? {
        Self.tag.token(in: recipient).flatMap { token.ticket(in: $0) }
    }

    /// Whether an address has the form of a reply address, genuine or not.
    public static func isShaped(_ recipient: some StringProtocol) -> Bool {
        tag.marks(recipient)
    }
}
