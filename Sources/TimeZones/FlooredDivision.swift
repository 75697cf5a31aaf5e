/// Division for calendars, where a day before 1970 belongs to the earlier week, not to the nearer zero.
extension BinaryInteger {
    /// The quotient rounded towards negative infinity.
    /// - Precondition: `divisor` is positive.
    func flooredQuotient(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// What `flooredQuotient(by:)` leaves: 0 ..< divisor.
    func remainder(below divisor: Self) -> Self {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
