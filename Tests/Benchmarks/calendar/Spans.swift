import Foundation
import Moments

/// Pairs of instants to ask about, the same in every run.
struct Spans {
    let ours: [(start: Moment, end: Moment)]
    let foundation: [(start: Date, end: Date)]

    /// - Parameters:
    ///   - first: the earliest start; the starts lie within the year after it.
    ///   - days: how long a span is, give or take half a day.
    init(count: Int, from first: String, days: Int) throws {
        guard let first = Moment(rfc3339: first) else { throw CocoaError(.formatting) }
        var random = SystemlessRandom(state: UInt64(days))
        let seconds = (0..<count).map { _ in
            let start = first.seconds + Int64.random(in: 0..<365 * 86_400, using: &random)
            return (start, start + Int64(days) * 86_400 + Int64.random(in: -43_200...43_200, using: &random))
        }
        ours = seconds.map { (Moment(seconds: $0), Moment(seconds: $1)) }
        foundation = seconds.map {
            (Date(timeIntervalSince1970: Double($0)), Date(timeIntervalSince1970: Double($1)))
        }
    }
}

/// Random numbers that come again in the next run (a xorshift generator).
private struct SystemlessRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        if state == 0 { state = 1 }
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
