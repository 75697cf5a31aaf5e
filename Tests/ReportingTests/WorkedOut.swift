import DeskTestSupport
import Moments
import Testing
import TimeZones

@testable import Reporting

extension Question {
    /// March and April 2026, in which the cases that were worked out by hand fall, or some days from the start of the
    /// tests on.
    static func spring(
        by split: Split = .site, reach: Reach = .everywhere, last: String = "2026-04-30"
    ) throws -> Question {
        let zone = try TestDesk.zones.zone("Europe/Oslo")
        let (first, last) = (try #require(CivilDate("2026-03-01")), try #require(CivilDate(last)))
        let period = try #require(Period(from: first, to: last, in: zone))
        return Question(period: period, split: split, reach: reach, now: period.end)
    }
}

extension PlayedDesk {
    /// A desk with the rates and the figures of the cases that were worked out by hand.
    static func workedOut() async throws -> PlayedDesk {
        let played = try await withRates()
        try await played.count(
            logs: HandWorkedCase.all.enumerated().map { try $0.element.log(played, number: $0.offset + 1) })
        return played
    }
}

extension Spread {
    /// Median, ninth of ten and mean of minutes, as a person works them out.
    init(minutes: [Int]) {
        let sorted = minutes.sorted().map { Double($0) * 60 }
        guard !sorted.isEmpty else {
            self.init()
            return
        }
        func part(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let low = Int(place)
            let high = min(low + 1, sorted.count - 1)
            return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
        }
        self.init(
            count: sorted.count, median: part(0.5), ninety: part(0.9),
            mean: sorted.reduce(0, +) / Double(sorted.count))
    }

    func isNear(_ other: Spread) -> Bool {
        func near(_ one: Double?, _ other: Double?) -> Bool {
            one.map { one in other.map { abs($0 - one) < 1e-6 } ?? false } ?? (other == nil)
        }
        return count == other.count && near(median, other.median) && near(ninety, other.ninety)
            && near(mean, other.mean)
    }
}
