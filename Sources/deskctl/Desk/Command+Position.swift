import Desk
import DeskStore
import JSON
import Moments
import Runtime

/// Who holds a position when.
extension Command {
    static let positionHolders = Command(
        words: ["position", "holders"], summary: "List who holds a position at an instant and is there",
        operands: ["CODE"],
        options: [.value("--at", "TIME", "such as 2026-03-12T13:05:00Z; now without"), .data, .json]
    ) { invocation in
        let moment = try invocation.moment("--at")
        return try await withPosition(invocation) { position, store in
            let people = try await store.holders(of: [position], at: moment ?? store.timekeeper.now)
            if invocation.has("--json") {
                Terminal.write(people.map(\.name).json.text, to: .output)
            } else {
                for colleague in people { Terminal.write(colleague.name, to: .output) }
            }
        }
    }

    static let positionRoster = Command(
        words: ["position", "roster"], summary: "Let somebody hold a position for a time",
        details:
            "The hours of a week stand in the organisation document; this is for a shift that is swapped or added.",
        operands: ["CODE", "ADDRESS"],
        options: [
            .value("--from", "TIME", "when it begins, such as 2026-03-12T08:00:00Z; at once without"),
            .value("--until", "TIME", "when it ends"),
            .value("--instead-of", "ADDRESS", "who does not hold it meanwhile"), .data,
        ]
    ) { invocation in
        guard let until = try invocation.moment("--until") else {
            throw CommandFault(
                "an entry of a roster needs an end.", advice: "--until 2026-03-12T16:00:00Z", status: .usage)
        }
        let since = try invocation.moment("--from")
        return try await withPosition(invocation) { position, store in
            let person = try await store.typed(invocation.operand(1) ?? "")
            var other: PersonID?
            if let address = invocation.value("--instead-of") { other = try await store.typed(address).id }
            do {
                _ = try await store.roster(
                    person.id, as: position, since: since ?? store.timekeeper.now, until: until, insteadOf: other,
                    by: .program)
            } catch let fault as UnfitRosterEntry {
                throw CommandFault(fault.description, advice: "deskctl position holders", status: .data)
            }
        }
    }

    private static func withPosition(
        _ invocation: Invocation, _ body: @escaping @Sendable (PositionID, DeskStore) async throws -> Void
    ) async throws -> ExitStatus {
        let code = invocation.operand(0) ?? ""
        return try await DeskConnection(invocation).withStore { store in
            guard let position = try await store.directory().positions[code] else {
                throw CommandFault("there is no position \(code).", advice: "deskctl export", status: .noInput)
            }
            try await body(position, store)
            return .success
        }
    }
}
