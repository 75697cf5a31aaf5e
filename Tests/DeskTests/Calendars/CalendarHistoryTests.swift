import Desk
import Moments
import Testing

@Suite("The hours that somebody really had")
struct CalendarHistoryTests {
    private static let monday = Moment(seconds: 1_767_571_200)
    private static let hour: Int64 = 3_600_000_000

    private static func day(_ number: Int, _ hours: Int = 0) -> Moment {
        monday + .seconds(number * 86_400 + hours * 3600)
    }

    private static func calendar(_ opens: String, _ closes: String) throws -> BusinessCalendar {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        let weekly = days.map { "\"\($0)\": [[\"\(opens)\", \"\(closes)\"]]" }.joined(separator: ", ")
        return try CalendarSample.calendar("UTC", "{\(weekly)}")
    }

    @Test("Each version counts from its beginning until the next one's, the first also before it was known")
    func versions() throws {
        let history = CalendarHistory([
            (Self.day(2), try Self.calendar("08:00", "12:00")), (Self.day(1), try Self.calendar("08:00", "10:00")),
        ])
        #expect(history.elapsed(from: Self.day(0), to: Self.day(1)) == 2 * Self.hour)
        #expect(history.elapsed(from: Self.day(0), to: Self.day(4)) == (2 + 2 + 4 + 4) * Self.hour)
    }

    @Test("Whoever goes by another calendar from an instant on has its hours from there on")
    func following() throws {
        let short = CalendarHistory([
            (Self.day(0), try Self.calendar("08:00", "09:00")), (Self.day(4), try Self.calendar("08:00", "10:00")),
        ])
        let long = CalendarHistory([
            (Self.day(0), try Self.calendar("08:00", "16:00")), (Self.day(5), try Self.calendar("08:00", "20:00")),
        ])
        // Short until the second day at noon, long until the sixth, then short again.
        let both = CalendarHistory(following: [
            (Self.day(1), short), (Self.day(2, 12), long), (Self.day(6), short),
        ])
        #expect(both.elapsed(from: Self.day(0), to: Self.day(2)) == 2 * Self.hour)
        #expect(both.elapsed(from: Self.day(2), to: Self.day(3)) == (1 + 4) * Self.hour)
        #expect(both.elapsed(from: Self.day(3), to: Self.day(5)) == (8 + 8) * Self.hour)
        #expect(both.elapsed(from: Self.day(5), to: Self.day(6)) == 12 * Self.hour)
        #expect(both.elapsed(from: Self.day(6), to: Self.day(8)) == (2 + 2) * Self.hour)
        #expect(both.days(from: Self.day(2), to: Self.day(3)).map(\.microseconds) == [Self.hour, 4 * Self.hour])
    }

    @Test("One calendar alone is what it was")
    func alone() throws {
        let history = CalendarHistory([
            (Self.day(1), try Self.calendar("08:00", "09:00")), (Self.day(4), try Self.calendar("08:00", "10:00")),
        ])
        for from in [Self.day(0), Self.day(2), Self.day(6)] {
            let same = CalendarHistory(following: [(from, history)])
            for day in 6...9 {
                let (one, other) = (Self.day(6), Self.day(day))
                #expect(same.elapsed(from: one, to: other) == history.elapsed(from: one, to: other))
            }
        }
    }
}
