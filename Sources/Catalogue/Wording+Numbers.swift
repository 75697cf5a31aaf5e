extension Wording {
    /// A whole number, its digits in groups of three as the language has it.
    public func number(_ value: Int) -> String {
        (value < 0 ? "\u{2212}" : "") + grouped(String(value.magnitude))
    }

    /// A number with a fixed number of decimals, rounded half away from zero; a dash for what is no number or has
    /// more than eighteen digits.
    public func number(_ value: Double, decimals: Int) -> String {
        let factor = (0..<max(decimals, 0)).reduce(1.0) { factor, _ in factor * 10 }
        guard value.isFinite, abs(value) * factor < 1e18 else { return "–" }
        let scaled = Int64((abs(value) * factor).rounded(.toNearestOrAwayFromZero))
        let whole = scaled / Int64(factor)
        let sign = value < 0 && scaled > 0 ? "\u{2212}" : ""
        guard decimals > 0 else { return sign + grouped(String(whole)) }
        let rest = String(scaled % Int64(factor))
        let padded = String(repeating: "0", count: decimals - rest.count) + rest
        return sign + grouped(String(whole)) + catalogue.formats.decimalPoint + padded
    }

    /// A share of one as a percentage: 0.953 is 95 %, or 95.3 % with one decimal.
    public func percent(_ share: Double, decimals: Int = 0) -> String {
        fill(catalogue.formats.percent, ["number": number(share * 100, decimals: decimals)])
    }

    /// The size of a file, in thousands of bytes.
    public func size(bytes: Int) -> String {
        let space = "\u{A0}"
        return switch bytes {
        case ..<1000: number(bytes) + space + "B"
        case ..<1_000_000: number((Double(bytes) / 1000).rounded(.up), decimals: 0) + space + "kB"
        case ..<1_000_000_000: number(Double(bytes) / 1e6, decimals: 1) + space + "MB"
        default: number(Double(bytes) / 1e9, decimals: 1) + space + "GB"
        }
    }

    private func grouped(_ digits: String) -> String {
        let formats = catalogue.formats
        guard digits.count >= formats.groupedFrom else { return digits }
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place).isMultiple(of: 3) { text += formats.groupSeparator }
            text.append(digit)
        }
        return text
    }

    /// Puts values into a format of the catalogue.
    func fill(_ format: String, _ values: KeyValuePairs<String, String>) -> String {
        (Message.pieces(format) ?? []).map { piece in
            switch piece {
            case .text(let text): text
            case .value(let name): values.first { $0.key == name }?.value ?? ""
            }
        }.joined()
    }
}
