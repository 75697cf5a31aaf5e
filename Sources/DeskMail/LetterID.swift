public import Desk
public import Foundation

/// The Message-ID of a letter to one person: always the same, so that a mail sent twice can be recognised as one.
public struct LetterID: Sendable, Hashable {
    public let letter: UUID
    public let person: PersonID

    public init(letter: UUID, person: PersonID) {
        (self.letter, self.person) = (letter, person)
    }

    /// Without angle brackets.
    public func text(at domain: String) -> String {
        "letter.\(letter.uuidString.lowercased()).\(person)@\(domain)"
    }

    /// The letter that a Message-ID names, as `In-Reply-To` or `References` bring it back.
    public init?(_ messageID: some StringProtocol) {
        let parts = messageID.lowercased().prefix { $0 != "@" }.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "letter", let letter = UUID(uuidString: String(parts[1])),
            let person = Int64(parts[2])
        else { return nil }
        self.init(letter: letter, person: PersonID(person))
    }
}
