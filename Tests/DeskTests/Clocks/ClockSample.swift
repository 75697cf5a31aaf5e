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
    static let urgent = Target(
        measure: .resolution, for: .init(priorities: [.critical, .high]), seconds: 4 * 3600, pauses: [])

    private static let carriedUp = [
        EscalationStep(percent: 50, level: .lead), EscalationStep(percent: 100, level: .site),
        EscalationStep(percent: 300, level: .organisation),
    ]

    /// One of each measure that a ticket's state demands, with conditions, pauses and calendars of all kinds.
    static let everything = [
        response,
        Target(
            measure: .resolution, for: urgent.conditions, seconds: urgent.seconds, pauses: [], escalations: carriedUp),
        resolution,
        Target(
            measure: .update, for: .init(priorities: [.critical]), seconds: 1800, calendar: .agreement("contract"),
            warningPercents: [50, 75, 90]),
        Target(measure: .update, seconds: 8 * 3600, calendar: .origin),
        Target(measure: .timeBox, seconds: 900), Target(measure: .team, for: .init(tiers: [2]), seconds: 6 * 3600),
        Target(measure: .question, for: .init(priorities: [.critical, .high, .medium]), seconds: 7200),
        Target(measure: .supplierAcknowledgement, seconds: 3600, calendar: .agreement("contract")),
        Target(measure: .supplierResolution, for: .init(suppliers: ["supplier-7"]), seconds: 8 * 3600),
    ]

    /// The terms for a ticket whose team, category and suppliers have their keys for codes.
    func terms(for ticket: Ticket, targets: [Target] = [response, urgent, resolution]) -> Clocks.Terms {
        let place = ticket.responsibility.place
        var holding: [ClockKey: Target] = [:]
        for key in ticket.clockDemands.map(\.key) + [ClockKey(.firstResponse)] {
            let suppliers = key.subject.supplier.map { [$0] } ?? ticket.suppliers
            let facts = TargetFacts(
                kind: ticket.classification.kind, priority: ticket.classification.priority,
                categories: ticket.classification.category.map { ["category-\($0)"] } ?? [], site: "OSL",
                team: "team-\(place.team)", tier: place.tier, suppliers: suppliers.map { "supplier-\($0)" })
            holding[key] = targets.first(of: key.measure, for: facts)
        }
        return Clocks.Terms(
            targets: holding, holderCalendar: place.site == Sample.oslo ? oslo : warsaw, originCalendar: oslo,
            agreementCalendars: ["contract": always], always: always)
    }
}
