/// The states of TMF621, with the two that MEF 124 adds.
public enum TroubleTicketStatus: String, CaseIterable, Hashable, Sendable {
    case acknowledged
    case rejected
    case pending
    case held
    case inProgress
    case cancelled
    case closed
    case resolved
    case reopened
    case assessingCancellation

    /// Whether nothing comes after it.
    public var isFinal: Bool { [.rejected, .cancelled, .closed].contains(self) }

    /// The state that a word means, however it is spelled: `In Progress`, `in_progress` and `INPROGRESS` are one.
    public init?(spelled word: String) {
        let letters = Self.letters(of: word)
        guard let status = Self.allCases.first(where: { Self.letters(of: $0.rawValue) == letters }) else { return nil }
        self = status
    }

    /// By what spellings of one word are compared.
    static func letters(of word: String) -> String { word.lowercased().filter { $0.isLetter || $0.isNumber } }
}
