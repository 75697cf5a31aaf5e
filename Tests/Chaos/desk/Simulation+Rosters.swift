import Desk
import DeskStore
import Moments
import Postgres
import SeedTestSupport

/// Shifts are swapped, people help out, and what was entered is taken out again.
extension Simulation {
    func changeRoster(in organisation: Organisation) async throws {
        if Int.random(in: 0..<4, using: &random) == 0 { return try await endRosterEntry() }
        let directory = try await world.intake.directory()
        guard let position = organisation.positions.randomElement(using: &random),
            let key = directory.positions[position.code]
        else { throw Nobody() }
        let holders = organisation.people.filter { $0.positions.contains(position.code) }
        // Mostly a shift is swapped; else somebody comes in addition.
        let isSwap = Int.random(in: 0..<3, using: &random) > 0
        let relieved = isSwap ? holders.randomElement(using: &random) : nil
        guard let helper = organisation.people.randomElement(using: &random),
            let person = try await world.operators.person(at: helper.email)?.id
        else { throw Nobody() }
        var insteadOf: PersonID?
        if let relieved { insteadOf = try await world.operators.person(at: relieved.email)?.id }
        let since = now + .seconds(Int.random(in: -4...30, using: &random) * 3600)
        let until = since + .seconds(Int.random(in: 2...60, using: &random) * 3600)
        _ = try await world.intake.roster(
            person, as: key, since: since, until: until, insteadOf: insteadOf, by: .program)
    }

    private func endRosterEntry() async throws {
        let positions = try await world.operators.database.all(
            "select id from position order by id", as: PositionID.self)
        let entries = try await world.intake.rosterEntries(of: positions)
        guard let entry = entries.randomElement(using: &random) else { throw Nobody() }
        try await world.intake.end(rosterEntry: entry.id, by: .program)
    }

    /// Gives a position hours of the week, in which those who hold it take turns.
    func editRoster(_ document: inout [String: Any]) {
        var positions = document["positions"] as? [[String: Any]] ?? []
        guard let place = positions.indices.randomElement(using: &random),
            let code = positions[place]["code"] as? String
        else { return }
        let people = document["people"] as? [[String: Any]] ?? []
        let holders = people.filter { ($0["positions"] as? [String] ?? []).contains(code) }
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        let spans = [["06:00", "14:00"], ["09:00", "17:30"], ["22:00", "06:00"]]
        positions[place]["roster"] = holders.compactMap { holder -> [String: Any]? in
            guard let email = holder["email"] as? String, let span = spans.randomElement(using: &random),
                Int.random(in: 0..<4, using: &random) > 0
            else { return nil }
            let worked = days.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
            return ["person": email, "between": span, "days": worked.isEmpty ? days : worked]
        }
        document["positions"] = positions
    }

    /// Whoever has left or holds a position no longer stands in no roster.
    func tidyRosters(_ document: inout [String: Any]) {
        var held: [String: Set<String>] = [:]
        for person in document["people"] as? [[String: Any]] ?? [] {
            for code in person["positions"] as? [String] ?? [] {
                held[code, default: []].insert(person["email"] as? String ?? "")
            }
        }
        let positions = document["positions"] as? [[String: Any]] ?? []
        document["positions"] = positions.map { position in
            guard let roster = position["roster"] as? [[String: Any]] else { return position }
            var position = position
            let there = held[position["code"] as? String ?? ""] ?? []
            position["roster"] = roster.filter { there.contains($0["person"] as? String ?? "") }
            return position
        }
    }
}
