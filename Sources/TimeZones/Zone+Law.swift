import Moments

extension Zone {
    /// A number that is the same wherever a database says the same of the zone's clocks from 2020 to 2045. It is kept,
    /// so it never becomes another one for the same clocks (FNV-1a over every change and the offset from there on).
    public var law: Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ number: Int64) {
            for shift in stride(from: 0, to: 64, by: 8) {
                hash = (hash ^ UInt64(truncatingIfNeeded: number >> Int64(shift)) & 0xFF) &* 0x100_0000_01B3
            }
        }
        let end = Moment(seconds: 2_366_841_600)
        var at = Moment(seconds: 1_577_836_800)
        add(Int64(offset(at: at)))
        while let change = nextChange(after: at), change < end {
            add(change.seconds)
            add(Int64(offset(at: change)))
            at = change
        }
        return Int64(bitPattern: hash)
    }
}
