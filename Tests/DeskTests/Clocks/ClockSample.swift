import Desk
import Moments

/// Office hours in Oslo and Warsaw, and a response and a resolution that are promised in hours.
struct ClockSample {
    let oslo: CalendarVersion
    let warsaw: CalendarVersion
    let always: CalendarVersion

    init() throws {
        oslo = CalendarVersion(
            id: CalendarVersionID(1),
            calendar: try CalendarSample.calendar(
                "Europe/Oslo", CalendarSample.officeHours, holidays: #"["2026-09-22"]"#))
        warsaw = CalendarVersion(
            id: CalendarVersionID(2),
            calendar: try CalendarSample.calendar(
                "Europe/Warsaw", #"{"mon":[["06:00","14:00"]],"wed":[["14:00","22:00"]],"sat":[["22:00","06:00"]]}"#))
        always = CalendarVersion(
            id: CalendarVersionID(3), calendar: try CalendarSample.calendar("UTC", #""24x7""#))
    }

    static let response = Target(measure: .firstResponse, seconds: 2 * 3600)
    static let resolution = Target(measure: .resolution, seconds: 16 * 3600)
    static let urgent = Target(measure: .resolution, priorities: [.critical, .high], seconds: 4 * 3600, pauses: [])

    func terms(for ticket: Ticket, targets: [Target] = [response, urgent, resolution]) -> Clocks.Terms {
        Clocks.Terms(
            targets: targets.applying(to: ticket.classification, site: "OSL"),
            holderCalendar: ticket.responsibility.place.site == Sample.oslo ? oslo : warsaw, originCalendar: oslo,
            agreementCalendars: ["contract": always])
    }
}
