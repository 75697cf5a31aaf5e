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
        let ticket: Ticket
        /// Whether the clocks followed the ticket here.
        let isSettled: Bool
        var counting: [Round: Hours]
    }

    private let requesters: RequesterBook
    private let others: [PersonID: RequesterBook.Facts]
    private let documents: Documents
    private let directory: Directory
    private var stretches: [Stretch] = []
    /// What was counted before the stretches, and what they count no longer.
    private var kept: [Round: Int64] = [:]

    /// - Parameters:
    ///   - others: what holds of those about whom nothing was ever changed.
    ///   - recounts: how the clocks were counted anew, one time after the other.
    init(
        _ states: [(ticket: Ticket, effects: [Effect])], _ events: [Ticket.Event], of requesters: RequesterBook,
        _ others: [PersonID: RequesterBook.Facts], _ documents: Documents, _ directory: Directory,
        recounts: [RecountedHours]
    ) {
        (self.requesters, self.others, self.documents, self.directory) = (requesters, others, documents, directory)
        var recounts = recounts[...]
        for ((ticket, effects), event) in zip(states, events) {
            if case .clocksReevaluated = event, let hours = recounts.popFirst() { recount(by: hours, ticket) }
            var counting = stretches.last?.counting ?? [:]
            // Clocks follow a document with the next event that concerns them.
            let isSettled = effects.contains(.settleClocks) || hasOtherRequester(ticket)
            if isSettled {
                let document = documents.inForce(at: ticket.updatedAt)
                counting = self.counting(ticket, under: document, document, at: ticket.updatedAt)
            }
            stretches.append(
                Stretch(from: ticket.updatedAt, ticket: ticket, isSettled: isSettled, counting: counting))
        }
    }

    private func facts(_ ticket: Ticket, at moment: Moment) -> RequesterBook.Facts {
        requesters.facts(of: ticket.requester, at: moment) ?? others[ticket.requester] ?? (Person.standardClass, nil)
    }

    /// Whether the ticket went to somebody who is served as another, or is at home elsewhere.
    private func hasOtherRequester(_ ticket: Ticket) -> Bool {
        guard let last = stretches.last?.ticket, last.requester != ticket.requester else { return false }
        return facts(last, at: ticket.updatedAt) != facts(ticket, at: ticket.updatedAt)
    }

    /// Counts what was, as if what holds now had held all along.
    private mutating func recount(by hours: RecountedHours, _ now: Ticket) {
        let today = documents.inForce(at: now.updatedAt)
        for round in rounds { kept[round] = elapsed(round, until: now.updatedAt) }
        var counting: [Round: Hours] = [:]
        for place in stretches.indices {
            let ticket = stretches[place].ticket
            if stretches[place].isSettled {
                let calendars = hours == .ofToday ? today : documents.inForce(at: ticket.updatedAt)
                counting = self.counting(ticket, under: today, calendars, at: now.updatedAt)
            }
            stretches[place].counting = counting
        }
        // What nobody promises any more is cancelled with what it had counted.
        for round in Set(stretches.flatMap(\.counting.keys)) { kept[round] = nil }
    }

    /// - Parameter calendars: whose hours count.
    private func counting(
        _ ticket: Ticket, under document: Documents.Applied, _ calendars: Documents.Applied, at moment: Moment
    ) -> [Round: Hours] {
        let requester = facts(ticket, at: moment)
        var counting: [Round: Hours] = [:]
        for demand in ticket.clockDemands {
            let round = Round(episode: ticket.episode, key: demand.key)
            if demand.promised != nil {
                counting[round] = Hours.all
                continue
            }
            guard
                let target = Self.target(
                    of: demand.key, ticket, requester.personClass, document.organisation, directory),
                !(demand.waiting.map { $0 == .parent || target.pauses.contains($0) } ?? false)
            else { continue }
            counting[round] = document.hours(
                for: target, of: ticket, at: requester.home, directory, as: calendars)
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
        return zip(stretches, ends).reduce(kept[round] ?? 0) { sum, stretch in
            let (part, next) = stretch
            guard next > part.from else { return sum }
            return sum + (part.counting[round]?.elapsed(from: part.from, to: next) ?? 0)
        }
    }

    /// Every round that ever counted.
    var rounds: Set<Round> { stretches.reduce(into: Set(kept.keys)) { $0.formUnion($1.counting.keys) } }
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
        let others = Dictionary(people.map { ($0.0, ($0.1, $0.2)) }) { first, _ in first }
        let plain = PlainClocks(
            states, view.log.map(\.recorded.event), of: requesters, others, documents, view.directory,
            recounts: recounts[view.ticket.number, default: []])
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
