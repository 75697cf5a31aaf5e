import Foundation

/// Random numbers that are the same for the same seed on every machine, so that a failure can be repeated (SplitMix64).
///
/// A failure names its seed: as the test's argument, or in the comment of what was expected.
public struct Seed: RandomNumberGenerator, CustomStringConvertible, Sendable {
    public let number: UInt64
    private var state: UInt64

    public init(_ number: some BinaryInteger) {
        self.number = UInt64(truncatingIfNeeded: number)
        state = self.number
    }

    /// A seed of its own for every name.
    public init(name: String) {
        self.init(name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } as UInt64)
    }

    /// The seed of tests that choose anew at every run: that of `MERIDIAN_TEST_SEED` if it is set, to repeat a failure.
    public static let ofThisRun = Seed(
        ProcessInfo.processInfo.environment["MERIDIAN_TEST_SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999))

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The seed as a failure should name it.
    public var description: String { "seed \(number)" }
}
