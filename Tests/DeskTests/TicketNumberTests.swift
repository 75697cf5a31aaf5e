import Desk
import Foundation
import Testing

@Suite("Ticket numbers")
struct TicketNumberTests {
    @Test("A number is read and written as people write it", arguments: ["OSL-1", "AB-10432", "A2345678-9"])
    func roundTrip(text: String) throws {
        let number = try #require(TicketNumber(text))
        #expect(number.description == text)
        let coded = try JSONEncoder().encode([number])
        #expect(try JSONDecoder().decode([TicketNumber].self, from: coded) == [number])
    }

    @Test(
        "Whatever has another form is no number",
        arguments: [
            "", "OSL", "OSL-", "-1", "OSL-0", "OSL-01", "osl-1", "O-1", "1SL-1", "ABCDEFGHI-1", "OSL-1 ", " OSL-1",
            "OSL-1-2", "OSL-+1", "ÅSL-1", "OSL-٣", "OSL-99999999999999999999",
        ])
    func refuses(text: String) {
        #expect(TicketNumber(text) == nil)
    }

    @Test("A number names the site that gave it out")
    func namesSite() throws {
        let number = try #require(TicketNumber("SIN-42"))
        #expect(number.site == "SIN" && number.sequence == 42)
        #expect(TicketNumber(site: "SIN", sequence: 42) == number)
        #expect(TicketNumber(site: "sin", sequence: 42) == nil)
        #expect(TicketNumber(site: "SIN", sequence: 0) == nil)
    }
}
