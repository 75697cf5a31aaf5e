import Desk
import DeskStore
import Foundation
import ICalendar
import JSON
import Moments
import Runtime
import TimeZones

extension Command {
    static let calendarImport = Command(
        words: ["calendar", "import"], summary: "Add the days of an iCalendar file to the holidays of a calendar",
        details: """
            Takes whole days, single or repeated, from the first of this year to ten years from now. Holidays that the
            calendar has already stay; none is removed. What the file holds and is not understood is told with its line
            and left out. The calendar's new version counts from now on: what has been counted stays as it was.
            """,
        operands: ["CODE", "FILE"],
        options: [.flag("--dry-run", "only show what would be added"), .data, .json]
    ) { invocation in
        let (code, path) = (invocation.operand(0) ?? "", invocation.operand(1) ?? "")
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFault("\(path) cannot be read.", advice: "name an iCalendar file.", status: .noInput)
        }
        return try await DeskConnection(invocation).withStore { store in
            guard let organisation = try await store.organisation() else { throw NoOrganisation() }
            guard let definition = organisation.calendars[code] else {
                let known = organisation.calendars.keys.sorted().joined(separator: ", ")
                throw CommandFault("there is no calendar \"\(code)\".", advice: "one of \(known)", status: .usage)
            }
            let report = HolidayImport(
                HolidayFile(Array(data), at: store.timekeeper.now, in: try store.zones.zone(definition.zone)),
                into: definition)
            report.tellFaults(of: path)
            guard !report.file.days.isEmpty else {
                throw CommandFault("\(path) names no day that could be a holiday.", status: .data)
            }
            var version: Int64?
            if !invocation.has("--dry-run"), !report.new.isEmpty,
                let edited = organisation.adding(holidays: report.new.map(\.date), to: code)
            {
                version = try await store.apply(edited, by: "deskctl calendar import").version
            }
            if invocation.has("--json") {
                Terminal.write(report.json(version: version).text, to: .output)
            } else {
                for day in report.new { Terminal.write("+ \(day.date)  \(day.name)", to: .output) }
                Terminal.write(report.summary(version: version), to: .output)
            }
            return .success
        }
    }

    static let calendarList = Command(
        words: ["calendar", "list"], summary: "List the calendars, and how the feeds of their holidays are",
        options: [.data, .json]
    ) { invocation in
        try await DeskConnection(invocation).withStore { store in
            guard let organisation = try await store.organisation() else { throw NoOrganisation() }
            let feeds = try await store.holidayFeeds()
            let rows = organisation.calendars.sorted { $0.key < $1.key }.map { code, definition in
                CalendarLine(code: code, definition: definition, feed: feeds.first { $0.calendar == code })
            }
            if invocation.has("--json") {
                Terminal.write(JSON.array(rows.map(\.json)).text, to: .output)
            } else {
                let headings = ["calendar", "zone", "holidays", "feed", "last good answer", "finding"]
                Terminal.write(Table.text(headings: headings, rows: rows.map(\.cells)), to: .output)
            }
            return .success
        }
    }
}

extension HolidayFile {
    /// The days from the first of this year to ten years from now.
    fileprivate init(_ bytes: [UInt8], at now: Moment, in zone: Zone) {
        let today = zone.local(at: now).date
        self.init(
            bytes, in: zone, from: today.adding(days: 1 - today.dayOfYear), through: today.adding(days: 366 * 10))
    }
}

/// What a file of holidays adds to a calendar.
private struct HolidayImport {
    let file: HolidayFile
    /// The days that the calendar does not have yet.
    let new: [(date: CivilDate, name: String)]

    init(_ file: HolidayFile, into definition: CalendarDefinition) {
        self.file = file
        let known = Set(definition.holidays)
        new = file.days.filter { day in
            !known.contains(.date(day.date)) && !known.contains(.yearly(month: day.date.month, day: day.date.day))
        }
    }

    func tellFaults(of path: String) {
        for fault in file.faults { Terminal.write("\(path): \(fault).", to: .error) }
        if file.omittedFaults > 0 { Terminal.write("\(path): and \(file.omittedFaults) more.", to: .error) }
    }

    func summary(version: Int64?) -> String {
        let known = file.days.count - new.count
        let outcome =
            switch (new.count, version) {
            case (0, _): "Nothing is different"
            case (let count, let version?): "\(count) days were added; version \(version) is in force"
            case (let count, nil): "\(count) days would be added"
            }
        return known == 0 ? "\(outcome)." : "\(outcome). The calendar has \(known) of the file's days already."
    }

    func json(version: Int64?) -> JSON {
        .object([
            "added": new.map { JSON.object(["date": $0.date.description, "name": $0.name]) },
            "known": file.days.count - new.count,
            "faults": file.faults.map { JSON.object(["line": $0.line, "reason": $0.reason]) },
            "omitted_faults": file.omittedFaults, "version": version,
        ])
    }
}

/// A calendar as the list shows it.
private struct CalendarLine {
    let code: String
    let definition: CalendarDefinition
    let feed: HolidayFeed?

    private var finding: String {
        guard let feed else { return definition.holidayFeed == nil ? "" : "not asked yet" }
        return feed.fault ?? (feed.goodAt == nil ? "not asked yet" : "in order")
    }

    var cells: [String] {
        [
            code, definition.zone, "\(definition.holidays.count)\(feed.map { " + \($0.days.count)" } ?? "")",
            definition.holidayFeed ?? "", feed?.goodAt?.rfc3339 ?? "", finding,
        ]
    }

    var json: JSON {
        .object([
            "calendar": code, "zone": definition.zone, "holidays": definition.holidays.count,
            "feed": definition.holidayFeed, "feed_days": feed?.days.count, "good_at": feed?.goodAt?.rfc3339,
            "checked_at": feed?.checkedAt?.rfc3339, "fault": feed?.fault,
        ])
    }
}
