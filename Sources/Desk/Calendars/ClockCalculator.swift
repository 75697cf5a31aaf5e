import JSON
import Moments
public import TimeZones

/// Answers questions about calendars, one JSON object a line: what `deskctl clock` does.
///
/// - `{"op":"add","calendar":C,"start":T,"seconds":N}` gives `{"due":T}`
/// - `{"op":"elapsed","calendar":C,"from":T,"to":T}` gives `{"seconds":N}`
/// - `{"op":"open","calendar":C,"at":T}` gives `{"open":true}`
/// - `{"op":"next_open","calendar":C,"at":T}` gives `{"at":T}`
/// - what it cannot answer gives `{"error":"…"}`
public struct ClockCalculator {
    private let zones: (String) throws -> Zone
    /// The calendars of earlier lines: a run asks about a few of them again and again.
    private var calendars: [JSON: BusinessCalendar] = [:]
    private static let most = 64

    private enum Operation: String, CaseIterable {
        case add
        case elapsed
        case open
        case nextOpen = "next_open"
    }

    /// - Parameter zones: answers with the zone of a name, or throws what to tell about it.
    public init(zones: @escaping (String) throws -> Zone) { self.zones = zones }

    /// The answer to one line, without a line break.
    public mutating func answer(_ line: String) -> String { response(to: line).text }

    private mutating func response(to line: String) -> JSON {
        do {
            let question = try JSON.parse(line)
            let calendar = try calendar(question["calendar"])
            let answer = try question.read { reader in Self.read(&reader, calendar) }
            return try answer()
        } catch let faults as JSONFaults {
            return ["error": .string(faults.list.map(\.description).joined(separator: "; "))]
        } catch {
            return ["error": .string("\(error)")]
        }
    }

    /// The calendar, or nil where the line has none; the reader then says so.
    private mutating func calendar(_ json: JSON?) throws -> BusinessCalendar? {
        guard let json else { return nil }
        if let known = calendars[json] { return known }
        let definition = try Self.definition(json, zones: zones)
        let calendar = BusinessCalendar(definition, in: try zones(definition.zone))
        if calendars.count >= Self.most { calendars.removeAll() }
        calendars[json] = calendar
        return calendar
    }

    private static func definition(
        _ json: JSON, zones: @escaping (String) throws -> Zone
    ) throws(JSONFaults) -> CalendarDefinition {
        var faults = JSONFaults()
        do {
            let definition = try json.read(CalendarDefinition.form(zones: zones))
            if definition.holidayFeed == nil { return definition }
            faults.add(JSONPointer(["calendar", "holidays_from"]), "is not fetched here; write its days as holidays")
        } catch {
            for fault in error.list { faults.add(JSONPointer(["calendar"] + fault.pointer.tokens), fault.detail) }
        }
        throw faults
    }

    private static func read(_ reader: inout JSONReader, _ calendar: BusinessCalendar?) -> (() throws -> JSON)? {
        // A question may carry marks of its asker, such as a number.
        reader.allowUnknown()
        _ = reader.required("calendar", .any)
        guard let operation: Operation = reader.required("op", .word()) else { return nil }
        switch operation {
        case .add:
            let start = reader.required("start", .moment)
            let microseconds = reader.required(
                "seconds", JSONForm<JSONNumber>.number.checked("must be a number of seconds") { $0.scaled(by: 6) })
            guard let calendar, let start, let microseconds else { return nil }
            return { ["due": try calendar.adding(microseconds: microseconds, to: start).rfc3339.json] }
        case .elapsed:
            let start = reader.required("from", .moment)
            let end = reader.required("to", .moment)
            guard let calendar, let start, let end else { return nil }
            return { ["seconds": seconds(calendar.elapsed(from: start, to: end))] }
        case .open:
            let moment = reader.required("at", .moment)
            guard let calendar, let moment else { return nil }
            return { ["open": .bool(calendar.isOpen(at: moment))] }
        case .nextOpen:
            let moment = reader.required("at", .moment)
            guard let calendar, let moment else { return nil }
            return { ["at": try calendar.nextOpen(at: moment).rfc3339.json] }
        }
    }

    /// Whole seconds as a whole number.
    private static func seconds(_ microseconds: Int64) -> JSON {
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return rest == 0 ? seconds.json : (Double(microseconds) / 1_000_000).json
    }
}
