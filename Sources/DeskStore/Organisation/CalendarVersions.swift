import Desk
import JSON
import Moments
import Postgres
import TimeZones

/// All versions of all calendars: clocks of old tickets name old ones.
struct CalendarVersions: Sendable {
    let byKey: [CalendarVersionID: CalendarVersion]
    /// The code of the calendar of each version.
    let codes: [CalendarVersionID: String]
    /// By code, the latest first.
    private let history: [String: [(validFrom: Moment, key: CalendarVersionID)]]

    init(_ rows: [CalendarVersionRow], zones: TimeZones) throws {
        var byKey: [CalendarVersionID: CalendarVersion] = [:]
        var history: [String: [(validFrom: Moment, key: CalendarVersionID)]] = [:]
        for row in rows.sorted(by: { $0.validFrom > $1.validFrom }) {
            byKey[row.id] = CalendarVersion(id: row.id, calendar: try row.calendar(zones))
            history[row.calendar, default: []].append((row.validFrom, row.id))
        }
        (self.byKey, self.history) = (byKey, history)
        codes = Dictionary(rows.map { ($0.id, $0.calendar) }) { first, _ in first }
    }

    /// Nil where there is no such calendar.
    func history(of code: String) -> CalendarHistory? {
        history[code].map { versions in
            CalendarHistory(
                versions.compactMap { version in byKey[version.key].map { (version.validFrom, $0.calendar) } })
        }
    }

    /// The version of a calendar that counts at an instant; the first one also counts before it was known.
    func inForce(_ code: String, at moment: Moment) throws -> CalendarVersion {
        let versions = history[code] ?? []
        guard let version = versions.first(where: { $0.validFrom <= moment }) ?? versions.last,
            let found = byKey[version.key]
        else { throw DeskInconsistency("calendar \"\(code)\" is missing") }
        return found
    }
}

struct CalendarVersionRow: Sendable {
    let id: CalendarVersionID
    let calendar: String
    let validFrom: Moment
    let definition: String

    func calendar(_ zones: TimeZones) throws -> BusinessCalendar {
        let form = CalendarDefinition.form { try zones.zone($0) }
        let definition = try JSON.parse(definition).read(form)
        return BusinessCalendar(definition, in: try zones.zone(definition.zone))
    }
}

extension CalendarVersionRow: PostgresRow {
    static var columns: String { "id, calendar, valid_from, definition" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(id: try row.read(), calendar: try row.read(), validFrom: try row.read(), definition: try row.read())
    }
}
