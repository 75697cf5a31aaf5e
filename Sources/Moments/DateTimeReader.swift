/// Reads the `date-time` of RFC 3339 section 5.6 byte by byte; every rule answers nil where the text departs from it.
struct DateTimeReader<Bytes: IteratorProtocol<UInt8>> {
    private var bytes: Bytes
    private var next: UInt8?

    init(_ bytes: Bytes) {
        self.bytes = bytes
        next = self.bytes.next()
    }

    mutating func moment() -> Moment? {
        guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
            let day = number(digits: 2), take("T") || take("t"),
            let hour = number(digits: 2), hour < 24, take(":"),
            let minute = number(digits: 2), minute < 60, take(":"),
            let second = number(digits: 2), second < 60,
            let fraction = fraction(), let offset = offset(), next == nil
        else { return nil }
        let date = CivilDay(year: year, month: month, day: day)
        guard date.exists else { return nil }
        let seconds = date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second - offset
        return Moment(microseconds: seconds * 1_000_000 + fraction)
    }

    /// Microseconds of the optional fraction; nil if there is a point without a digit.
    private mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        guard var value = digit() else { return nil }
        var places = 1
        while let digit = digit() {
            guard places < 6 else { continue }
            value = value * 10 + digit
            places += 1
        }
        for _ in places..<6 { value *= 10 }
        return value
    }

    /// Seconds that the written time is ahead of UTC.
    private mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") {
            sign = 1
        } else if take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(digits: 2), hours < 24, take(":"), let minutes = number(digits: 2), minutes < 60
        else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }

    private mutating func number(digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private mutating func digit() -> Int64? {
        guard let byte = next, (0x30...0x39).contains(byte) else { return nil }
        next = bytes.next()
        return Int64(byte - 0x30)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let byte = next, UInt32(byte) == character.value else { return false }
        next = bytes.next()
        return true
    }
}
