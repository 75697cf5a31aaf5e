/// A generator of numbers that differ and need not be hard to guess: SplitMix64. What it makes of states beside one
/// another lies far apart.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Begins at a given state, so that the same numbers come each time.
    public init(state: UInt64) { self.state = state }

    /// Begins anywhere.
    public init() { state = .random(in: .min ... .max) }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
