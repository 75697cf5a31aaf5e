import Desk
import DeskStore
import Foundation
import Moments
import Postgres

/// What is said of a play when it is over.
extension Simulation {
    /// The whole log in a few digits: the same seed plays the same.
    func digest() async throws -> String {
        try await world.operators.database.first(
            """
            select md5(coalesce(string_agg(format('%s %s %s %s %s', t.number, e.revision, e.kind,
                e.at at time zone 'UTC', e.actor_kind), ',' order by e.at, t.number, e.revision), ''))
            from event e join ticket t on t.id = e.ticket
            """, as: String.self) ?? ""
    }

    /// Says what was played, for people.
    func tell() {
        DeskChaos.say(
            "until \(now.rfc3339): \(report.arrivals) arrivals, \(acknowledged.count) tickets, \(steps) steps")
        for (name, count) in deeds.sorted(by: { $0.key < $1.key }) {
            DeskChaos.say("  \(name): \(count) (refused \(refusals[name, default: 0]))")
        }
        for (name, count) in report.faults.sorted(by: { $0.key < $1.key }) {
            DeskChaos.say("  fault: \(name): \(count)")
        }
    }

    /// What happened to the tickets of which something is wrong, and what programs complained of.
    func tellOfViolations() async throws {
        if report.violations.isEmpty { return }
        for number in Set(report.violations.map(\.about)).sorted().prefix(3) {
            for line in try await history(of: number) { DeskChaos.say("  \(number): \(line)") }
        }
        for line in world.complaints.latest.suffix(20) { DeskChaos.say("  complaint: \(line)") }
    }

    /// What happened to a ticket, and its clocks; nothing for what is none.
    private func history(of number: String) async throws -> [String] {
        try await world.operators.database.all(
            """
            select line from (
                select e.at, format('%s %s by %s %s: %s', e.at at time zone 'UTC', e.kind, e.actor_kind, e.actor, e.data)
                    as line
                from event e join ticket t on t.id = e.ticket where t.number = \(number)
                union all
                select s.started_at, format('%s %s of clock %s, %s about %s: %s %s until %s',
                    s.started_at at time zone 'UTC', c.measure, c.id, c.state, c.subject_key, s.holder, s.pause,
                    s.ended_at at time zone 'UTC')
                from clock_segment s join clock c on c.id = s.clock join ticket t on t.id = c.ticket
                where t.number = \(number)
                union all
                select d.fired_at, format('%s fired: %s %s of clock %s, due %s', d.fired_at at time zone 'UTC', d.kind,
                    d.percent, d.clock, d.due_at at time zone 'UTC')
                from deadline d join clock c on c.id = d.clock join ticket t on t.id = c.ticket
                where t.number = \(number)) h
            order by at
            """, as: String.self)
    }
}
