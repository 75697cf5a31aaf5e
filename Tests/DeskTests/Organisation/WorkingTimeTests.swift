import JSON
import Testing

@testable import Desk

@Suite("Lengths of working time")
struct WorkingTimeTests {
    @Test(
        "They are read and written in hours, minutes and seconds",
        arguments: [("15m", 900), ("4h", 14_400), ("2h30m", 9000), ("1h1m1s", 3661), ("90s", 90)] as [(String, Int64)])
    func reads(text: String, seconds: Int64) {
        #expect(WorkingTime.seconds(text) == seconds)
        #expect(WorkingTime.seconds(WorkingTime.text(seconds)) == seconds)
    }

    @Test(
        "Anything else is refused",
        arguments: ["", "0m", "4", "h", "1d", "30m2h", "4h ", "-4h", "1.5h", "99999h", "٤h"])
    func refuses(text: String) {
        #expect(WorkingTime.seconds(text) == nil)
    }
}
