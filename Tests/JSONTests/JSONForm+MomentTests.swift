import JSON
import Moments
import Testing

@Suite("Times in JSON")
struct JSONMomentTests {
    @Test("A time is read with its offset and written in UTC")
    func roundTrip() throws {
        let moment = try JSON.parse("\"2026-03-12T14:05:00.25+01:00\"").read(.moment)
        #expect(moment.json.text == "\"2026-03-12T13:05:00.25Z\"")
    }

    @Test("What is no time says what one looks like", arguments: ["\"2026-03-12\"", "\"tomorrow\"", "1773320700"])
    func refused(text: String) throws {
        let json = try JSON.parse(text)
        let faults = #expect(throws: JSONFaults.self) { try json.read(JSONForm.moment) }
        #expect(faults?.list.first?.detail.contains("such as \"2026-03-12T13:05:00Z\"") == true)
    }
}
