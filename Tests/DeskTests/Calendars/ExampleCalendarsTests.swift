import Desk
import JSON
import Testing
import TimeZones

@Suite("The calendars of the example")
struct ExampleCalendarsTests {
    /// The country whose public holidays an office keeps, by its zone.
    private static let countries = [
        "Europe/Oslo": "NO", "Europe/Amsterdam": "NL", "Europe/Warsaw": "PL", "Europe/Stockholm": "SE",
        "Asia/Singapore": "SG",
    ]

    @Test("Offices close on the public holidays of their countries, 2026 to 2030, and on no other days")
    func publicHolidays() throws {
        guard let text = SharedData.text("calendars/public_holidays_2012_2030.json") else {
            print("skipped: there is no ../shared/data/calendars here")
            return
        }
        let known = try JSON.parse(text)
        let offices = try ExampleOrganisation.organisation().calendars.filter { $0.value.weekly != .always }
        #expect(offices.count >= 5)
        for (code, calendar) in offices {
            let country = try #require(Self.countries[calendar.zone], "\(code): \(calendar.zone)")
            let days = try #require(known[country]?.object).names.filter { $0 >= "2026" && $0 < "2031" }
            #expect(Set(calendar.holidays.map(\.description)) == Set(days), "\(code)")
            #expect(Set(days.map { $0.prefix(4) }).count == 5, "\(country)")
        }
    }
}
