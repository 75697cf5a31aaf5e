import Desk
import JSON
import Moments
import Testing
import TimeZones

/// Calendars and instants written briefly.
enum CalendarSample {
    static let zones = TimeZones()
    static let officeHours =
        #"{"mon":[["08:00","16:00"]],"tue":[["08:00","16:00"]],"wed":[["08:00","16:00"]],"#
        + #""thu":[["08:00","16:00"]],"fri":[["08:00","16:00"]]}"#
    static let aroundTheClock =
        #"{"mon":[["00:00","24:00"]],"tue":[["00:00","24:00"]],"wed":[["00:00","24:00"]],"#
        + #""thu":[["00:00","24:00"]],"fri":[["00:00","24:00"]],"sat":[["00:00","24:00"]],"sun":[["00:00","24:00"]]}"#

    static func calendar(
        _ zone: String, _ weekly: String, holidays: String = "[]", special: String = "{}"
    ) throws -> BusinessCalendar {
        let text = #"{"zone":"\#(zone)","weekly":\#(weekly),"holidays":\#(holidays),"special":\#(special)}"#
        let definition = try JSON.parse(text).read(CalendarDefinition.form(zones: { try zones.zone($0) }))
        return BusinessCalendar(definition, in: try zones.zone(zone))
    }

    static func moment(_ text: String) throws -> Moment { try #require(Moment(rfc3339: text)) }

    /// Midnight at the beginning of a day, by the clock of the place.
    static func midnight(_ date: String, _ zone: String) throws -> Moment {
        try zones.zone(zone).startOfDay(try #require(CivilDate(date)))
    }
}
