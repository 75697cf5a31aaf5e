/// A source of random numbers that a failed test can be given again.
struct Seed: RandomNumberGenerator, Sendable, CustomStringConvertible {
    private var state: UInt64
    let number: UInt64
    let description: String

    init(_ number: UInt64) {
        self.number = number
        state = number
        description = "seed \(number)"
    }

    /// A seed of its own for every name.
    init(name: String) {
        self.init(name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    }

    /// The generator named splitmix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
