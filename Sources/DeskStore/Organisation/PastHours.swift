public import Desk
import JSON
public import Moments
public import Postgres
import Synchronization

/// The hours that everybody had, each by the document that was in force at the time: what is applied later changes
/// nothing about them.
public struct PastHours: Sendable {
    private let directory: Directory
    /// In order; no two that follow one another are the same.
    private let choices: [(from: Moment, choices: CalendarChoices)]

    init(_ directory: Directory, _ choices: [(from: Moment, choices: CalendarChoices)]) {
        (self.directory, self.choices) = (directory, choices)
    }

    /// The hours in a stretch of time of whoever had a ticket: a team's own or those of the site for which it acted, a
    /// supplier's by its contract or else those of the team that answered for the ticket. A requester has none: his
    /// time is his own.
    ///
    /// - Parameter end: nil while the stretch lasts.
    public func hours(
        of holder: Holder, at place: Place, from start: Moment, until end: Moment? = nil
    ) -> CalendarHistory? {
        var parts: [(code: String, from: Moment, hours: CalendarHistory)] = []
        for version in inForce(from: start, until: end) {
            guard let code = code(of: holder, at: place, in: version.choices), code != parts.last?.code,
                let hours = directory.calendars.history(of: code)
            else { continue }
            parts.append((code, version.from, hours))
        }
        return parts.isEmpty ? nil : CalendarHistory(following: parts.map { ($0.from, $0.hours) })
    }

    /// The first also counts before it was applied.
    private func inForce(from start: Moment, until end: Moment?) -> ArraySlice<(from: Moment, choices: CalendarChoices)>
    {
        let first = choices.lastIndex { $0.from <= start } ?? choices.startIndex
        let later = choices[first...].dropFirst().prefix { version in end.map { version.from < $0 } ?? true }
        return choices[first..<later.endIndex]
    }

    private func code(of holder: Holder, at place: Place, in choices: CalendarChoices) -> String? {
        let team = choices.calendar(
            ofTeam: directory.teams.code(of: place.team), at: directory.sites.code(of: place.site))
        return switch holder {
        case .team: team
        case .supplier(let supplier): choices.suppliers[directory.suppliers.code(of: supplier)] ?? team
        case .requester: nil
        }
    }
}

/// What the documents say about calendars, each read once.
final class CalendarChoicesCache: Sendable {
    struct Known: Sendable {
        var version: Int64 = 0
        var choices: [(from: Moment, choices: CalendarChoices)] = []
    }
    private let known = Mutex(Known())

    var newest: Known { known.withLock { $0 } }

    func keep(_ newer: Known) { known.withLock { if $0.version < newer.version { $0 = newer } } }
}

extension DeskStore {
    /// How many documents are read at once.
    private static let documentsAtOnce = 20

    /// The hours of the past up to the newest document that this transaction sees.
    public func pastHours(using transaction: borrowing Transaction) async throws -> PastHours {
        var known = calendarChoices.newest
        var count = Self.documentsAtOnce
        while count == Self.documentsAtOnce {
            let rows = try await transaction.all(
                """
                select version, applied_at, document from organisation where version > \(known.version)
                order by version limit \(Self.documentsAtOnce)
                """, as: (Int64, Moment, String).self)
            for (version, appliedAt, document) in rows {
                let choices = CalendarChoices(document: try JSON.parse(document))
                // Nothing is in force before what it takes the place of.
                let from = max(appliedAt, known.choices.last?.from ?? appliedAt)
                if choices != known.choices.last?.choices { known.choices.append((from, choices)) }
                known.version = version
            }
            count = rows.count
        }
        calendarChoices.keep(known)
        return PastHours(try await directory(using: transaction), known.choices)
    }
}
