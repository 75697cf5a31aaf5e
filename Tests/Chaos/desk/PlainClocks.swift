import Desk
import DeskStore
import Moments

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

    private var stretches: [Stretch] = []

    init(_ states: [(ticket: Ticket, effects: [Effect])], _ documents: Documents, _ directory: Directory) {
        var counting: [Round: Hours] = [:]
        for (ticket, effects) in states {
            // Clocks follow a document with the next event that concerns them.
            if effects.contains(.settleClocks) {
                counting = Self.counting(ticket, documents.inForce(at: ticket.updatedAt), directory)
            }
            stretches.append(Stretch(from: ticket.updatedAt, counting: counting))
        }
    }

    private static func counting(
        _ ticket: Ticket, _ document: Documents.Applied, _ directory: Directory
    ) -> [Round: Hours] {
        var counting: [Round: Hours] = [:]
        for demand in ticket.clockDemands {
            let round = Round(episode: ticket.episode, key: demand.key)
            if demand.promised != nil {
                counting[round] = Hours.all
                continue
            }
            guard let target = target(of: demand.key, ticket, document.organisation, directory),
                !(demand.waiting.map(target.pauses.contains) ?? false)
            else { continue }
            counting[round] = document.hours(for: target, of: ticket, directory)
        }
        return counting
    }

    private static func target(
        of key: ClockKey, _ ticket: Ticket, _ organisation: Organisation, _ directory: Directory
    ) -> Target? {
        let place = ticket.responsibility.place
        let suppliers = key.subject.supplier.map { [$0] } ?? ticket.suppliers
        let facts = TargetFacts(
            kind: ticket.classification.kind, priority: ticket.classification.priority,
            categories: ticket.classification.category.map {
                organisation.lineage(of: directory.categories.code(of: $0))
            } ?? [],
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
    /// Each clock counted what a plain replay of the log counts, to the microsecond.
    func checkClocks(of view: TicketView, _ states: [(ticket: Ticket, effects: [Effect])]) {
        let plain = PlainClocks(states, documents, view.directory)
        let number = "\(view.ticket.number)"
        var seen: Set<PlainClocks.Round> = []
        for clock in view.clocks.map(\.clock) {
            let round = PlainClocks.Round(episode: clock.episode, key: clock.key)
            if !seen.insert(round).inserted { fail("no clock runs twice", about: number, "\(round)") }
            let (kept, counted) = (clock.elapsed(at: view.asOf), plain.elapsed(round, until: view.asOf))
            if kept != counted {
                fail("a clock has counted what the log says", about: number, "\(round): \(kept), plainly \(counted)")
            }
        }
        for round in plain.rounds.subtracting(seen) { fail("every promise has its clock", about: number, "\(round)") }
    }
}
