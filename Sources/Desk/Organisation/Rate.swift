public import TimeZones

/// What an hour of work on tickets costs the organisation, and from which day to which.
public struct Rate: Hashable, Sendable {
    public var payee: Payee
    /// Hundredths of the currency for an hour, 0 or more.
    public var perHour: Int64
    /// The first and the last day, by the calendar of whoever works; without a last one it holds until the next rate of
    /// the same payee.
    public var first: CivilDate
    public var last: CivilDate?

    /// Whose work it is.
    public enum Payee: Hashable, Sendable {
        case tier(Int)
        /// By code.
        case supplier(String)
    }

    public init(_ payee: Payee, perHour: Int64, from first: CivilDate, until last: CivilDate? = nil) {
        (self.payee, self.perHour, self.first, self.last) = (payee, perHour, first, last)
    }

    /// Whether the other one begins on a day that this one claims: a rate without a last day claims its first alone,
    /// for it gives way to the next.
    func claims(beginningOf other: Rate) -> Bool {
        payee == other.payee && first <= other.first && other.first <= (last ?? first)
    }
}

/// All rates of an organisation, in its one currency: costs of several sites can be added up.
public struct Rates: Hashable, Sendable {
    /// As ISO 4217 writes it, such as `EUR`.
    public var currency: String
    public var tiers: [Rate]
    public var suppliers: [Rate]

    public init(currency: String, tiers: [Rate] = [], suppliers: [Rate] = []) {
        (self.currency, self.tiers, self.suppliers) = (currency, tiers, suppliers)
    }

    /// Each rate with the last day on which it holds, at most the day before the next one of its payee; nil for ever.
    public var inForce: [(rate: Rate, last: CivilDate?)] {
        let all = tiers + suppliers
        return all.map { rate in
            let next = all.lazy.filter { $0.payee == rate.payee && $0.first > rate.first }.map(\.first).min()
            return (rate, rate.last ?? next?.adding(days: -1))
        }
    }
}
