/// An instant on the UTC time line, exact to the microsecond: the only form in which the desk keeps, compares and
/// sends time.
///
/// It is a whole number, as in PostgreSQL's `timestamptz`, because a floating-point time loses digits on the way to the
/// database and back. Leap seconds do not exist on this line.
public struct Moment: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z; negative before it.
    public let microseconds: Int64

    /// The instant so many microseconds after 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The instant so many seconds after 1970-01-01T00:00:00Z; held at the ends of the line (about 292 000 years away).
    public init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        microseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    /// Whole seconds since 1970, rounded down (towards the past).
    public var seconds: Int64 {
        microseconds.floored(by: 1_000_000)
    }

    public static func < (left: Moment, right: Moment) -> Bool {
        left.microseconds < right.microseconds
    }

    /// The instant later by `duration`, whose part below a microsecond is dropped; held at the ends of the line.
    public static func + (moment: Moment, duration: Duration) -> Moment {
        let (sum, overflow) = moment.microseconds.addingReportingOverflow(duration.wholeMicroseconds)
        return Moment(microseconds: overflow ? (moment.microseconds < 0 ? .min : .max) : sum)
    }

    /// The instant earlier by `duration`, whose part below a microsecond is dropped; held at the ends of the line.
    public static func - (moment: Moment, duration: Duration) -> Moment {
        let (difference, overflow) = moment.microseconds.subtractingReportingOverflow(duration.wholeMicroseconds)
        return Moment(microseconds: overflow ? (moment.microseconds < 0 ? .min : .max) : difference)
    }

    /// How long after `earlier` this instant is; negative when it lies before.
    public func duration(since earlier: Moment) -> Duration {
        .microseconds(microseconds) - .microseconds(earlier.microseconds)
    }
}

extension Moment: CustomStringConvertible {
    /// The same text as ``rfc3339``.
    public var description: String { rfc3339 }
}

extension Duration {
    /// The duration in microseconds, the rest below one dropped; held at the ends of `Int64`.
    public var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, overflowOfSum) = product.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        return overflowOfSum ? (product < 0 ? .min : .max) : sum
    }
}

extension Int64 {
    /// The quotient rounded down, as the calendar needs it on both sides of 1970.
    func floored(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
