/// What a client would like best, as Accept, Accept-Language and their kin state it (RFC 9110 section 12.4.2).
public struct Preferences: Sendable {
    private struct Range: Sendable {
        let name: String
        /// Thousandths of the quality; 0 means "not this".
        let weight: Int
    }

    private let ranges: [Range]

    /// Elements that cannot be read are passed over. A missing field (nil) accepts everything.
    public init(_ field: String?) {
        guard let field else {
            ranges = [Range(name: "*", weight: 1_000)]
            return
        }
        var ranges: [Range] = []
        for element in field.split(separator: ",").prefix(64) {
            guard let list = ParameterList(String(element)), !list.word.isEmpty else { continue }
            guard let weight = list["q"].map(Self.weight) ?? 1_000 else { continue }
            ranges.append(Range(name: list.word, weight: weight))
        }
        self.ranges = ranges
    }

    /// The one of our media types that suits best, the earlier of two that suit equally; nil if none is acceptable.
    public func best(mediaTypes ours: [String]) -> String? {
        best(ours) { range, type in
            if range == type { return 3 }
            if range == "*/*" || range == "*" { return 1 }
            return range.hasSuffix("/*") && type.hasPrefix(range.dropLast()) ? 2 : nil
        }
    }

    /// The one of our languages that suits best. A wish for `de-CH` is met by `de`, and one for `nb` by `nb-NO`
    /// (lookup of RFC 4647 section 3.4). Nil if the reader named none of them.
    public func best(languages ours: [String]) -> String? {
        best(ours) { range, language in
            let language = language.lowercased()
            if range == language { return 4 }
            if range == "*" { return 1 }
            if language.hasPrefix("\(range)-") { return 3 }
            return range.hasPrefix("\(language)-") ? 2 : nil
        }
    }

    /// The best of ours: each gets the weight of the closest range that covers it.
    private func best(_ ours: [String], closeness: (String, String) -> Int?) -> String? {
        var chosen: (name: String, weight: Int)?
        for name in ours {
            var closest: (closeness: Int, weight: Int)?
            for range in ranges {
                guard let close = closeness(range.name, name), close > closest?.closeness ?? 0 else { continue }
                closest = (close, range.weight)
            }
            guard let weight = closest?.weight, weight > chosen?.weight ?? 0 else { continue }
            chosen = (name, weight)
        }
        return chosen?.name
    }

    /// A quality of at most three decimals in thousandths, or nil when it is none.
    private static func weight(_ text: String) -> Int? {
        let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = halves.first, whole == "0" || whole == "1" else { return nil }
        let decimals = halves.count == 2 ? halves[1] : ""
        guard decimals.count <= 3, decimals.utf8.allSatisfy(ByteClass.isDigit) else { return nil }
        let thousandths =
            decimals.isEmpty ? 0 : (Int(decimals + String(repeating: "0", count: 3 - decimals.count)) ?? 0)
        return min(1_000, (whole == "1" ? 1_000 : 0) + thousandths)
    }
}
