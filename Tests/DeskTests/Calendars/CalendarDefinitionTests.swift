import Desk
import JSON
import Testing
import TimeZones

@Suite("Calendars as people write them")
struct CalendarDefinitionTests {
    private func read(_ text: String) throws -> CalendarDefinition {
        try JSON.parse(text).read(CalendarDefinition.form(zones: { try CalendarSample.zones.zone($0) }))
    }

    @Test(
        "A calendar is written as it was read",
        arguments: [
            #"{"zone":"Europe/Oslo","weekly":"24x7","holidays":[],"special":{}}"#,
            #"{"zone":"Asia/Singapore","weekly":{"mon":[["08:00","12:00"],["13:00","24:00"]],"#
                + #""sun":[["22:00","06:00"]]},"#
                + #""holidays":["2026-12-25","--05-01"],"special":{"2026-12-24":[["08:00","12:30"]],"--02-29":[]}}"#,
            #"{"zone":"UTC","weekly":{"sat":[["08:00:30","08:00"]]},"holidays":[],"special":{}}"#,
        ])
    func roundTrip(text: String) throws {
        #expect(try read(text).json.text == text)
    }

    @Test("Everything that is wrong with a calendar is told at once, with its place")
    func tellsFaults() {
        let text =
            #"{"zone":"Europe/Olso","weekly":{"mon":[["08:00","25:00"],["24:00","08:00"],["8:00"]],"monday":[]},"#
            + #""holidays":["2026-02-29","12-25"],"special":{"--02-30":[["08:00","09:00"]]},"holliday":[]}"#
        let faults = #expect(throws: JSONFaults.self) { try read(text) }
        #expect(
            faults?.list.map(\.pointer.description) == [
                "/zone", "/weekly/mon/0/1", "/weekly/mon/1", "/weekly/mon/2", "/weekly/monday", "/holidays/0",
                "/holidays/1", "/special/--02-30", "/holliday",
            ])
        #expect(faults?.list.first?.detail.contains("Europe/Olso") == true)
        #expect(faults?.list.last?.detail == "is unknown")
    }

    @Test("A calendar knows whether it ever opens")
    func neverOpen() throws {
        #expect(try read(#"{"zone":"UTC","weekly":{}}"#).isNeverOpen)
        #expect(try !read(#"{"zone":"UTC","weekly":{},"special":{"--12-24":[["08:00","09:00"]]}}"#).isNeverOpen)
        #expect(try !read(#"{"zone":"UTC","weekly":"24x7"}"#).isNeverOpen)
    }
}
