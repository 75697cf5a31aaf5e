import Desk
import DeskMail
import DeskStore
import Foundation
import Moments
import Postgres
import Runtime
import TimeZones

/// Who holds which position at an instant and is there, told plainly: from the document's hours, the appointments, the
/// entries of rosters and the absences, one after the other.
struct PlainRoster {
    private struct Entry {
        let position: PositionID
        let person: PersonID
        let insteadOf: PersonID?
    }

    /// Hours of the week as seconds from its beginning by the clock on a wall, and that clock's present.
    private struct Line {
        let position: PositionID
        let person: PersonID
        let hours: WeekHours
        let wall: CivilTime

        var holds: Bool {
            let week = 7 * 86_400
            let present = (wall.weekday.rawValue - 1) * 86_400 + wall.secondOfDay
            return hours.days.contains { day in
                let start = (day.rawValue - 1) * 86_400 + hours.hours.start
                let since = (present - start + week) % week
                return since < hours.hours.end - hours.hours.start
            }
        }
    }

    private let appointed: [(position: PositionID, person: PersonID)]
    private let entries: [Entry]
    private let lines: [Line]
    /// The deputies of those who are absent, where they have any.
    private let absent: [PersonID: [PersonID]]

    init(_ world: World, _ organisation: Organisation) async throws {
        let (now, database) = (world.time.now, world.operators.database)
        appointed = try await database.all(
            "select position, person from position_holder where since <= \(now) and (until is null or until > \(now))",
            as: (PositionID, PersonID).self
        ).map { ($0.0, $0.1) }
        entries = try await database.all(
            "select position, person, instead_of from roster_entry where since <= \(now) and until > \(now)",
            as: (PositionID, PersonID, PersonID?).self
        ).map { Entry(position: $0.0, person: $0.1, insteadOf: $0.2) }
        let away = try await database.all(
            """
            select person, deputy from absence
            where withdrawn_at is null and since <= \(now) and (until is null or until > \(now))
            """, as: (PersonID, PersonID?).self)
        absent = Dictionary(grouping: away) { $0.0 }.mapValues { $0.compactMap(\.1) }
        let people = Dictionary(
            uniqueKeysWithValues: try await database.all(
                "select address, person from person_address", as: (String, PersonID).self
            ).map { ($0.0, $0.1) })
        let directory = try await world.operators.directory()
        var lines: [Line] = []
        for position in organisation.positions {
            guard let key = directory.positions[position.code] else { continue }
            for line in position.roster {
                let site = line.hours.site ?? organisation.team(position.team)?.sites.first ?? ""
                let zone = try world.zones.zone(organisation.site(site)?.zone ?? "UTC")
                guard let person = people[line.person.lowercased()] else { continue }
                lines.append(Line(position: key, person: person, hours: line.hours, wall: zone.local(at: now)))
            }
        }
        self.lines = lines
    }

    /// Those who hold a position at this moment, also those who are absent.
    func holders(of position: PositionID) -> Set<PersonID> {
        let relieved = Set(entries.filter { $0.position == position }.compactMap(\.insteadOf))
        var holders = appointees(of: position).filter { person in
            let own = lines.filter { $0.position == position && $0.person == person }
            return own.isEmpty || own.contains(where: \.holds)
        }
        holders.formUnion(entries.filter { $0.position == position }.map(\.person))
        return holders.subtracting(relieved)
    }

    func appointees(of position: PositionID) -> Set<PersonID> {
        Set(appointed.filter { $0.position == position }.map(\.person))
    }

    func isAbsent(_ person: PersonID) -> Bool { absent[person] != nil }

    /// Those who stand in for somebody who is absent: his deputies, and theirs where they are absent too.
    func deputies(of person: PersonID) -> Set<PersonID> {
        var (found, open, seen): (Set<PersonID>, [PersonID], Set<PersonID>) = ([], [person], [])
        while let next = open.popLast() {
            guard seen.insert(next).inserted else { continue }
            if isAbsent(next) { open += absent[next] ?? [] } else { found.insert(next) }
        }
        return found
    }
}

extension Simulation {
    /// Whoever is told of a position's tickets holds it at that moment and is there, or stands in for one who does.
    func checkTold(_ letters: [Outside.Letter]) async throws {
        guard !letters.isEmpty, let organisation = documents.organisation else { return }
        let told = try await world.operators.database.all(
            """
            select l.uuid::text, l.audience, l.subject, t.number, t.team from letter l join ticket t on t.id = l.ticket
            where l.uuid = any (\(letters.map(\.id.letter))) and l.audience in ('position', 'leads')
            """, as: (String, String, Int64, TicketNumber, TeamID).self)
        if told.isEmpty { return }
        let roster = try await PlainRoster(world, organisation)
        let directory = try await world.operators.directory()
        for (letter, audience, subject, number, team) in told {
            let positions =
                audience == "position" ? [PositionID(subject)] : leads(of: TeamID(subject), in: directory)
            let meant = positions.reduce(into: Set<PersonID>()) { $0.formUnion(roster.holders(of: $1)) }
            // Nobody leads the team: it is carried on to those above.
            if audience == "leads", meant.isEmpty { continue }
            let there = meant.filter { !roster.isAbsent($0) }
            var allowed = meant.reduce(into: there) { $0.formUnion(roster.deputies(of: $1)) }
            if there.isEmpty {
                for position in positions { allowed.formUnion(roster.appointees(of: position)) }
                for position in leads(of: team, in: directory) { allowed.formUnion(roster.holders(of: position)) }
                allowed.formUnion(meant)
            }
            for heard in letters where heard.id.letter.uuidString.lowercased() == letter {
                deeds["letter to a position", default: 0] += 1
                if !allowed.contains(heard.id.person) {
                    fail(
                        "whoever is told holds the position then", about: "\(number)",
                        "\(letter), \(audience) \(subject): person \(heard.id.person), held by \(meant.sorted())")
                }
            }
        }
    }

    private func leads(of team: TeamID, in directory: Directory) -> [PositionID] {
        let code = directory.teams.code(of: team)
        return directory.organisation.positions.filter { $0.leads && $0.team == code }
            .compactMap { directory.positions[$0.code] }
    }
}
