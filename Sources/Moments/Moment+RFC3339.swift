extension Moment {
    /// The first and last moments that RFC 3339 can write: its years have four digits.
    public static let rfc3339Range =
        Moment(seconds: -62_167_219_200)...Moment(microseconds: 253_402_300_799_999_999)

    /// The moment as RFC 3339 text in UTC, for instance `2026-03-01T08:30:00Z`; the fraction is there only if it is not
    /// zero and has no trailing zeros.
    ///
    /// A moment outside ``rfc3339Range`` is written as the nearest end of that range.
    public var rfc3339: String {
        text(fractionDigits: nil)
    }

    /// The moment as RFC 3339 text in UTC with exactly `fractionDigits` digits (0...6) after the point, the rest
    /// dropped.
    public func rfc3339(fractionDigits: Int) -> String {
        text(fractionDigits: min(max(fractionDigits, 0), 6))
    }

    /// Reads a date and time of RFC 3339 section 5.6 with any offset; nil if it is not one.
    ///
    /// Digits below the microsecond are dropped. A second of 60 and an hour of 24 are refused, as is a space for the
    /// `T`.
    public init?(rfc3339 text: some StringProtocol) {
        var reader = DateTimeReader(text.utf8.makeIterator())
        guard let moment = reader.moment() else { return nil }
        self = moment
    }

    private func text(fractionDigits: Int?) -> String {
        let held = min(max(self, Self.rfc3339Range.lowerBound), Self.rfc3339Range.upperBound)
        let seconds = held.seconds
        let days = seconds.floored(by: 86_400)
        let date = CivilDay(daysSince1970: days)
        let time = seconds - days * 86_400
        var fraction = held.microseconds - seconds * 1_000_000
        var digits = fractionDigits ?? 6
        if fractionDigits == nil {
            while digits > 0, fraction % 10 == 0 {
                fraction /= 10
                digits -= 1
            }
        } else {
            for _ in digits..<6 { fraction /= 10 }
        }
        return String(unsafeUninitializedCapacity: 32) { bytes in
            var writer = DigitWriter(bytes)
            writer.put(date.year, width: 4)
            writer.put("-", date.month)
            writer.put("-", date.day)
            writer.put("T", time / 3_600)
            writer.put(":", time / 60 % 60)
            writer.put(":", time % 60)
            if digits > 0 {
                writer.put(".")
                writer.put(fraction, width: digits)
            }
            writer.put("Z")
            return writer.count
        }
    }
}

/// Writes numbers of fixed width into the storage of a new string.
private struct DigitWriter {
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ bytes: UnsafeMutableBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func put(_ character: Unicode.Scalar) {
        bytes[count] = UInt8(truncatingIfNeeded: character.value)
        count += 1
    }

    mutating func put(_ separator: Unicode.Scalar, _ number: Int64) {
        put(separator)
        put(number, width: 2)
    }

    mutating func put(_ number: Int64, width: Int) {
        var rest = number
        for place in (0..<width).reversed() {
            bytes[count + place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += width
    }
}
