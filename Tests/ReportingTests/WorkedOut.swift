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
