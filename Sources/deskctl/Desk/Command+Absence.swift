import Desk
import DeskStore
import Foundation
import JSON
import Moments
import Runtime

extension Command {
    static let personAbsent = Command(
        words: ["person", "absent"], summary: "Enter that somebody is not there",
        details: """
            When it begins, the tickets in his hands go back to the queues of their positions: of sickness all, else \
            the kinds that the organisation names (process.releases_when_absent). Nothing comes back by itself.
            """, operands: ["ADDRESS"],
        options: [
            .value("--reason", "WORD", "sickness, holiday or other"),
            .value("--from", "TIME", "when it begins, such as 2026-03-12T08:00:00Z; at once without"),
            .value("--until", "TIME", "when he is back; open without"),
            .value("--deputy", "ADDRESS", "who is told meanwhile what he would be told"), .data, .json,
        ]
    ) { invocation in
        guard let reason = try invocation.word("--reason", as: Absence.Reason.self) else {
            throw CommandFault("an absence needs a reason.", advice: "--reason holiday", status: .usage)
        }
        let (since, until) = (try invocation.moment("--from"), try invocation.moment("--until"))
        return try await withPerson(invocation) { card, store in
            var draft = AbsenceDraft(reason, since: since, until: until)
            if let deputy = invocation.value("--deputy") { draft.deputy = try await store.typed(deputy).id }
            let absence = try await store.enter(draft, of: card.id, by: .program)
            Terminal.write(invocation.has("--json") ? absence.told.text : absence.words, to: .output)
        }
    }

    static let personAbsences = Command(
        words: ["person", "absences"], summary: "List when somebody is not there, from today on",
        operands: ["ADDRESS"], options: [.data, .json]
    ) { invocation in
        try await withPerson(invocation) { card, store in
            let absences = try await store.absences(of: [card.id])
            if invocation.has("--json") {
                Terminal.write(JSON.array(absences.map(\.told)).text, to: .output)
            } else {
                for absence in absences { Terminal.write(absence.words, to: .output) }
            }
        }
    }

    static let personBack = Command(
        words: ["person", "back"], summary: "End the absences of somebody that have begun",
        operands: ["ADDRESS"], options: [.data]
    ) { invocation in
        try await withPerson(invocation) { card, store in
            let now = store.timekeeper.now
            let present = try await store.absences(of: [card.id]).filter { $0.holds(at: now) }
            if present.isEmpty { throw UnfitAbsence.unknown }
            for absence in present { try await store.end(absence: absence.id, by: .program) }
        }
    }
}

extension Absence {
    fileprivate var told: JSON {
        .object([
            "id": id.uuidString.lowercased(), "reason": reason.rawValue, "since": since.rfc3339,
            "until": until?.rfc3339,
        ])
    }

    fileprivate var words: String {
        "\(reason.rawValue) from \(since.rfc3339) \(until.map { "until \($0.rfc3339)" } ?? "on")"
    }
}
