/// What a list is asked for: which tickets, in which order, which of them and how much of each.
public struct TroubleTicketQuery: Hashable, Sendable {
    /// The members that are shown beside those that are always there; nil for all.
    public private(set) var fields: [String]?
    public private(set) var offset = 0
    public private(set) var limit = Self.standardLimit
    /// By which members it is sorted, the first one first.
    public private(set) var order: [Order] = []
    public private(set) var conditions: [Condition] = []

    public static let standardLimit = 50
    public static let mostLimit = 100

    public struct Order: Hashable, Sendable {
        public let member: String
        public let isDescending: Bool
    }

    public struct Condition: Hashable, Sendable {
        public enum Relation: String, CaseIterable, Hashable, Sendable {
            case eq, ne, gt, gte, lt, lte
        }

        public let path: [String]
        public let relation: Relation
        /// One of them is enough.
        public let values: [String]
    }

    /// Reads the pairs of a query string.
    ///
    /// - Throws: ``TroubleTicketError`` 400 for what cannot be answered.
    public init(_ pairs: [(name: String, value: String)]) throws(TroubleTicketError) {
        for (name, value) in pairs {
            guard !value.isEmpty else { throw Self.refusal("missingQueryValue", "\(name.prefix(50)) has no value.") }
            switch name {
            case "fields": fields = Self.list(value)
            case "offset": offset = try Self.number(value, name, 0...1_000_000)
            case "limit": limit = min(try Self.number(value, name, 0...1_000_000), Self.mostLimit)
            case "sort": order = Self.list(value).map(Self.order)
            case "filter": conditions += try Self.filter(value)
            case "before", "after":
                throw Self.refusal("invalidQuery", "Pages are reached by offset; \(name) is not known here.")
            default: conditions.append(try Self.condition(name, value))
            }
        }
    }

    private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

    private static func number(
        _ text: String, _ name: String, _ range: ClosedRange<Int>
    ) throws(TroubleTicketError) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw refusal("invalidQuery", "\(name) must be a whole number, 0 or more.")
        }
        return number
    }

    private static func order(_ text: String) -> Order {
        let isDescending = text.hasPrefix("-")
        return Order(
            member: isDescending || text.hasPrefix("+") ? String(text.dropFirst()) : text, isDescending: isDescending)
    }

    /// `creationDate.gt` asks for what is later; any other full stop leads further into the ticket.
    private static func condition(_ name: String, _ value: String) throws(TroubleTicketError) -> Condition {
        var path = name.split(separator: ".").map(String.init)
        var relation = Condition.Relation.eq
        if path.count > 1, let last = path.last, let named = Condition.Relation(rawValue: last) {
            relation = named
            path.removeLast()
        }
        guard let first = path.first, first.first == "@" || first.allSatisfy(\.isLetter) else {
            throw refusal("invalidQuery", "\(name.prefix(50)) names no attribute of a ticket.")
        }
        return Condition(path: path, relation: relation, values: relation == .eq ? list(value) : [value])
    }

    /// One comparison of the elements of a list, as in `note[?(@.author=='NOC')]`, or of the ticket itself, as in
    /// `$[?(@.status=='pending')]`.
    private static func filter(_ text: String) throws(TroubleTicketError) -> [Condition] {
        let form =
            #/
            (?:\$\.?)? (?<list> [A-Za-z@]*) \[\?\( \s*
            @\.? (?<path> [A-Za-z@.]+) \s* (?<sign> ==|!=|>=|<=|>|<) \s* (?<value> [^)]+)
            \)\]
            /#
        guard let match = text.wholeMatch(of: form) else {
            throw refusal(
                "invalidQuery", "filter is of the form note[?(@.author=='NOC')] or $[?(@.status=='pending')].")
        }
        let signs: [Substring: Condition.Relation] = [
            "==": .eq, "!=": .ne, ">": .gt, ">=": .gte, "<": .lt, "<=": .lte,
        ]
        let path = ([match.output.list] + match.output.path.split(separator: ".")).filter { !$0.isEmpty }
        var value = String(match.output.value)
        while value.last?.isWhitespace == true { value.removeLast() }
        if value.count > 1, let quote = value.first, "'\"".contains(quote), value.last == quote {
            value = String(value.dropFirst().dropLast())
        }
        return [Condition(path: path.map(String.init), relation: signs[match.output.sign] ?? .eq, values: [value])]
    }

    private static func refusal(_ code: String, _ reason: String) -> TroubleTicketError {
        TroubleTicketError(status: 400, code: code, reason: reason)
    }
}
