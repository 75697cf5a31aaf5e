import DeskStore
public import Foundation
public import Mail
public import Secrets

/// The address that brings a supplier's answer back to its exchange: `supplier+<token>@reply.example`. Whoever writes
/// to it has had a mail of ours in that exchange; whether it is the supplier, the sender's address must tell as well.
public struct ExchangeAddress: Sendable {
    private static let tag = AddressTag("supplier")
    private let token: SignedToken

    public init(_ keys: MasterKeys) {
        token = SignedToken(keys, for: "supplier-exchange")
    }

    public func address(for exchange: UUID, at domain: String, named name: String) -> Address {
        Address(name: name, local: Self.tag.local(token.text(for: exchange.bytes)), domain: domain)
    }

    /// The exchange that a recipient's address names, if the address is one of ours.
    public func exchange(in recipient: some StringProtocol) -> UUID? {
        Self.tag.token(in: recipient).flatMap { token.bytes(in: $0) }.flatMap { UUID(bytes: $0) }
    }

    /// Whether an address has the form of one of these, genuine or not.
    public static func isShaped(_ recipient: some StringProtocol) -> Bool {
        tag.marks(recipient)
    }
}
