import Foundation
import Moments

extension UUID {
    /// An identifier with 74 bits by chance that lies beside those of its time (RFC 9562, version 7): an index of
    /// millions is then written where it was written a moment ago, and not anywhere.
    static func ordered(at moment: Moment) -> UUID {
        let milliseconds = UInt64(clamping: moment.microseconds / 1_000) & 0xFFFF_FFFF_FFFF
        let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0x0FFF)
        let low = UInt64.random(in: 0...UInt64.max >> 2) | 0x8000_0000_0000_0000
        let words = (high.bigEndian, low.bigEndian)
        return withUnsafeBytes(of: words) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
