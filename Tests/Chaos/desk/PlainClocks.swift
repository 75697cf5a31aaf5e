import Desk
import DeskStore
import Moments
import Postgres

/// The clocks of a whole log counted without clocks: for every stretch between two events, which rounds counted, and by
/// which calendar of the documents that were in force.
struct PlainClocks {
    struct Round: Hashable {
        let episode: Int
        let key: ClockKey
    }

    private struct Stretch {
        let from: Moment
        let counting: [Round: Hours]
    }

    /// As what somebody is served, and his home site.
    typealias Requester = (personClass: String, home: SiteID?)

    private var stretches: [Stretch] = []

    init(
        _ states: [(ticket: Ticket, effects: [Effect])], of requesters: [PersonID: Requester], _ documents: Documents,
        _ directory: Directory
    ) {
        var counting: [Round: Hours] = [:]
        for (ticket, effects) in states {
            // Clocks follow a document with the next event that concerns them.
            if effects.contains(.settleClocks) {
                let requester = requesters[ticket.requester] ?? (Person.standardClass, nil)
                counting = Self.counting(ticket, of: requester, documents.inForce(at: ticket.updatedAt), directory)
            }
            stretches.append(Stretch(from: ticket.updatedAt, counting: counting))
        }
    }

    private static func counting(
        _ ticket: Ticket, of requester: Requester, _ document: Documents.Applied, _ directory: Directory
    ) -> [Round: Hours] {
        var counting: [Round: Hours] = [:]
        for demand in ticket.clockDemands {
            let round = Round(episode: ticket.episode, key: demand.key)
            if demand.promised != nil {
                counting[round] = Hours.all
                continue
            }
            guard
                let target = target(
                    of: demand.key, ticket, requester.personClass, document.organisation, directory),
                !(demand.waiting.map(target.pauses.contains) ?? false)
            else { continue }
            counting[round] = document.hours(for: target, of: ticket, at: requester.home, directory)
        }
        return counting
    }

    private static func target(
        of key: ClockKey, _ ticket: Ticket, _ personClass: String, _ organisation: Organisation,
        _ directory: Directory
    ) -> Target? {
        let place = ticket.responsibility.place
        let suppliers = key.subject.supplier.map { [$0] } ?? ticket.suppliers
        let facts = TargetFacts(
            kind: ticket.classification.kind, priority: ticket.classification.priority,
            categories: ticket.classification.category.map {
                organisation.lineage(of: directory.categories.code(of: $0))
            } ?? [], requesterClass: personClass,
            site: directory.code(of: ticket.origin), team: directory.teams.code(of: place.team), tier: place.tier,
            suppliers: suppliers.map { directory.suppliers.code(of: $0) })
        return organisation.targets.first(of: key.measure, for: facts)
            ?? key.subject.supplier.flatMap {
                organisation.supplier(directory.suppliers.code(of: $0))?.target(of: key.measure)
            }
    }

    /// What a round counted until an instant, in microseconds.
    func elapsed(_ round: Round, until end: Moment) -> Int64 {
        let ends = stretches.dropFirst().map(\.from) + [end]
        return zip(stretches, ends).reduce(0) { sum, stretch in
            let (part, next) = stretch
            guard next > part.from else { return sum }
            return sum + (part.counting[round]?.elapsed(from: part.from, to: next) ?? 0)
        }
    }

    /// Every round that ever counted.
    var rounds: Set<Round> { stretches.reduce(into: []) { $0.formUnion($1.counting.keys) } }
}

extension Simulation {
    /// Events that come together are a microsecond apart each, and clocks follow the last of them.
    private static let blur: Int64 = 100

    /// Each clock counted what a plain replay of the log counts.
    func checkClocks(
        of view: TicketView, _ states: [(ticket: Ticket, effects: [Effect])], until end: Moment
    ) async throws {
        let people = try await world.operators.database.all(
            "select id, class, home_site from person where id = any (\(states.map(\.ticket.requester)))",
            as: (PersonID, String, SiteID?).self)
        let requesters = Dictionary(people.map { ($0.0, ($0.1, $0.2)) }) { first, _ in first }
        let plain = PlainClocks(states, of: requesters, documents, view.directory)
        let number = "\(view.ticket.number)"
        var seen: Set<PlainClocks.Round> = []
        for clock in view.clocks.map(\.clock) {
            let round = PlainClocks.Round(episode: clock.episode, key: clock.key)
            if !seen.insert(round).inserted { fail("no clock runs twice", about: number, "\(round)") }
            let (kept, counted) = (clock.elapsed(at: end), plain.elapsed(round, until: end))
            if abs(kept - counted) > Self.blur {
                fail("a clock has counted what the log says", about: number, "\(round): \(kept), plainly \(counted)")
            }
        }
        for round in plain.rounds.subtracting(seen) { fail("every promise has its clock", about: number, "\(round)") }
    }
}
