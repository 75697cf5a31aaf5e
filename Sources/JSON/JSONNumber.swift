/// A number with every digit as it was written, because a Double would lose some.
public struct JSONNumber: Sendable {
    /// As RFC 8259 section 6 writes it.
    public let text: String

    public init(_ value: some BinaryInteger) { text = String(value) }

    /// Only the parser and types of this module vouch for the grammar.
    init(grammatical text: String) { self.text = text }

    /// The value where it is whole and fits into 64 bits, however it is spelled.
    public var integer: Int64? { Int64(text) ?? scaled(by: 0) }

    /// The nearest Double; infinite where the number is beyond all Doubles.
    public var double: Double { Double(text) ?? .nan }

    /// The value times ten to the power `places`, where that is whole and fits: 12.50 scaled by 2 is 1250.
    public func scaled(by places: Int) -> Int64? {
        guard let decimal = DecimalDigits(text) else { return nil }
        if decimal.digits.isEmpty { return 0 }
        let (zeros, overflow) = decimal.exponent.addingReportingOverflow(places)
        guard !overflow, (0...18).contains(zeros) else { return nil }
        return Int64((decimal.isNegative ? "-" : "") + decimal.digits + String(repeating: "0", count: zeros))
    }
}

extension JSONNumber: Hashable {
    public static func == (one: JSONNumber, other: JSONNumber) -> Bool {
        if one.text == other.text { return true }
        guard let one = DecimalDigits(one.text), let other = DecimalDigits(other.text) else { return false }
        return one == other
    }

    public func hash(into hasher: inout Hasher) {
        guard let decimal = DecimalDigits(text) else { return hasher.combine(text) }
        hasher.combine(decimal)
    }
}

/// The one spelling of a decimal number: digits without zeros at either end, times a power of ten.
private struct DecimalDigits: Hashable {
    var isNegative: Bool
    /// Empty for zero.
    var digits: String
    var exponent: Int

    /// Nil where the exponent itself is beyond 64 bits.
    init?(_ text: String) {
        let parts = text.split(maxSplits: 1) { $0 == "e" || $0 == "E" }
        guard let mantissa = parts.first, let power = parts.count == 2 ? Int(parts[1]) : 0 else { return nil }
        isNegative = mantissa.hasPrefix("-")
        let halves = mantissa.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        let fraction = halves.count == 2 ? halves[1] : ""
        var significant = Array((halves[0] + fraction).utf8.drop { $0 == UInt8(ascii: "0") })
        var zeros = 0
        while significant.last == UInt8(ascii: "0") {
            significant.removeLast()
            zeros += 1
        }
        digits = String(decoding: significant, as: UTF8.self)
        let (sum, overflow) = power.addingReportingOverflow(zeros - fraction.utf8.count)
        guard !overflow else { return nil }
        exponent = digits.isEmpty ? 0 : sum
        if digits.isEmpty { isNegative = false }
    }
}
