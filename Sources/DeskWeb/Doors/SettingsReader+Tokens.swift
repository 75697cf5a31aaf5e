public import Runtime

extension SettingsReader {
    /// Reads how many requests a minute a token allows that does not say so itself.
    public mutating func tokenRate() -> Int {
        read(
            "MERIDIAN_TOKEN_RATE", default: TokenRates.standard, shown: "\(TokenRates.standard)",
            "How many requests a minute a token allows unless it was made with --rate.",
            "a number from \(TokenRates.range.lowerBound) to \(TokenRates.range.upperBound)"
        ) { Int($0).flatMap { TokenRates.range.contains($0) ? $0 : nil } }
    }
}
