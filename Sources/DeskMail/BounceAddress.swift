import Desk
import DeskStore
import Foundation
public import Mail
public import Secrets

/// Where reports of a letter to one person go: `bounce+<token>@reply.example`, the sender of its envelope. What comes
/// to it is about that letter, in whatever words a mail system says so.
public struct BounceAddress: Sendable {
    private static let tag = AddressTag("bounce")
    private let token: SignedToken

    public init(_ keys: MasterKeys) {
        token = SignedToken(keys, for: "bounce-address")
    }

    public func address(for letter: LetterID, at domain: String) -> Address {
        let person = UInt64(bitPattern: letter.person.rawValue)
        // As few bytes as the number needs: with all eight the name would fill the 64 characters that it may have.
        let number = (0..<8).reversed().map { UInt8(truncatingIfNeeded: person >> (UInt64($0) * 8)) }.drop { $0 == 0 }
        return Address(local: Self.tag.local(token.text(for: letter.letter.bytes + number)), domain: domain)
    }

    /// The letter that a recipient's address names, if the address is one of ours.
    public func letter(in recipient: some StringProtocol) -> LetterID? {
        guard let text = Self.tag.token(in: recipient), let bytes = token.bytes(in: text), bytes.count <= 24,
            let letter = UUID(bytes: bytes.prefix(16))
        else { return nil }
        let person = bytes.dropFirst(16).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return LetterID(letter: letter, person: PersonID(Int64(bitPattern: person)))
    }

    /// Whether an address has the form of one of these, genuine or not.
    public static func isShaped(_ recipient: some StringProtocol) -> Bool {
        tag.marks(recipient)
    }
}
