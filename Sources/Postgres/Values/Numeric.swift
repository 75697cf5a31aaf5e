/// A `numeric` as the server sends it: digits to the base of 10,000 and where the decimal point stands.
///
/// Parameters are never of this type; it exists so that sums and averages can be read.
struct Numeric: CustomStringConvertible {
    private enum Sign: UInt16 {
        case positive = 0x0000
        case negative = 0x4000
        case notANumber = 0xC000
        case infinity = 0xD000
        case negativeInfinity = 0xF000
    }

    private let digits: [UInt16]
    /// The power of 10,000 that the first digit counts.
    private let weight: Int
    private let sign: Sign
    /// How many decimal digits are shown after the point.
    private let scale: Int

    init(from field: PostgresField) throws(UndecodableColumn) {
        let bytes = try field.present()
        guard bytes.count >= 8 else { throw field.malformed() }
        func word(_ index: Int) -> UInt16 {
            UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
        }
        let count = Int(word(0))
        guard bytes.count == 8 + 2 * count, let sign = Sign(rawValue: word(2)) else { throw field.malformed() }
        weight = Int(Int16(bitPattern: word(1)))
        self.sign = sign
        scale = Int(word(3))
        digits = (0..<count).map { word(4 + $0) }
    }

    /// The value, if it has no fraction and fits.
    var whole: Int128? {
        guard sign == .positive || sign == .negative else { return nil }
        var value: Int128 = 0
        for power in stride(from: max(weight, 0), through: 0, by: -1) {
            let (shifted, tooFar) = value.multipliedReportingOverflow(by: 10_000)
            let (sum, tooLarge) = shifted.addingReportingOverflow(Int128(digit(at: power)))
            if tooFar || tooLarge { return nil }
            value = sum
        }
        let fraction = digits.indices.filter { weight - $0 < 0 && digits[$0] != 0 }
        guard fraction.isEmpty else { return nil }
        return sign == .negative ? -value : value
    }

    /// The decimal form, as PostgreSQL writes it.
    var description: String {
        switch sign {
        case .notANumber: return "NaN"
        case .infinity: return "Infinity"
        case .negativeInfinity: return "-Infinity"
        case .positive, .negative: break
        }
        var text = sign == .negative ? "-" : ""
        text += String(digit(at: max(weight, 0)))
        for power in stride(from: max(weight, 0) - 1, through: 0, by: -1) { text += fourDigits(at: power) }
        guard scale > 0 else { return text }
        let places = (1...(scale + 3) / 4).map { fourDigits(at: -$0) }.joined()
        return text + "." + places.prefix(scale)
    }

    /// The digit that counts 10,000 to the power of `power`; 0 where none was sent.
    private func digit(at power: Int) -> UInt16 {
        let index = weight - power
        return digits.indices.contains(index) ? digits[index] : 0
    }

    private func fourDigits(at power: Int) -> String {
        let digits = String(digit(at: power))
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
