/// A disturbance that the desk has announced, as far as reports can be told to be about it (S99).
public struct Disturbance: Hashable, Sendable {
    /// The category of the major incident, if it has one.
    public var category: String?
    /// What is announced, in each language there is.
    public var titles: [String]

    public init(category: String? = nil, titles: [String]) { (self.category, self.titles) = (category, titles) }

    /// How sure it is that a report is about the disturbance.
    public enum Likeness: Int, Comparable, Sendable {
        case none
        /// Worth being mentioned to whoever reports.
        case possible
        /// Sure enough for the report to become a part of the major incident.
        case sure

        public static func < (one: Likeness, other: Likeness) -> Bool { one.rawValue < other.rawValue }
    }

    /// How many telling words of a title a report must have for the two to be surely the same.
    private static let enough = 2

    /// Whether a report is about it: possibly where it has one telling word of a title or is of the same category,
    /// surely where it is of the same category and has two telling words of one title, or all that there are.
    ///
    /// - Parameters:
    ///   - category: of the report; one that is a part of the disturbance's is meant too.
    ///   - organisation: whose categories they are.
    public func likeness(
        to text: String, category: String?, kind: Ticket.Kind, in organisation: Organisation
    ) -> Likeness {
        guard kind == .incident else { return .none }
        let words = Set(TextWords.of(text))
        let shared = titles.map { title in
            let telling = Self.tellingWords(of: title)
            return (found: telling.filter(words.contains).count, all: telling.count)
        }
        let isSameMatter =
            if let own = self.category, let category { organisation.isPart(category, ofAny: [own]) } else { false }
        if isSameMatter, shared.contains(where: { $0.found > 0 && $0.found >= min(Self.enough, $0.all) }) {
            return .sure
        }
        return isSameMatter || shared.contains { $0.found > 0 } ? .possible : .none
    }

    /// The words of a title that say what is disturbed: those of four letters, and shorter ones in capitals such as
    /// VPN.
    static func tellingWords(of title: String) -> Set<String> {
        let words = title.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let telling = words.filter { word in
            word.count >= 4 || (word.count >= 2 && word.allSatisfy { $0.isUppercase || $0.isNumber })
        }
        return Set(telling.map { $0.lowercased() })
    }
}
