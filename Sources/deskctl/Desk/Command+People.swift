import Desk
import DeskStore
import JSON
import Moments
import Runtime

extension Command {
    static let userAvailability = Command(
        words: ["user", "availability"], summary: "Show or set whether somebody is there for tickets",
        details: "STATE is available, busy or away. Teams that share out their tickets pass over who is not available.",
        operands: ["ADDRESS", "[STATE]"],
        options: [.value("--until", "TIME", "when it ends by itself, such as 2026-03-12T13:05:00Z"), .data, .json]
    ) { invocation in
        let states = Availability.State.allCases.map(\.rawValue).joined(separator: ", ")
        let state = try invocation.operand(1).map { word in
            guard let state = Availability.State(rawValue: word) else {
                throw CommandFault("\"\(word)\" is no availability.", advice: "one of \(states).", status: .usage)
            }
            return state
        }
        let until = try invocation.moment("--until")
        if until != nil, state == nil {
            throw CommandFault("--until needs a state.", advice: "one of \(states).", status: .usage)
        }
        return try await withPerson(invocation) { person, store in
            if let state { try await store.setAvailability(state, of: person.id, until: until) }
            let now = try await store.availability(of: person.id)
            let answer = JSON.object([
                "state": now.state.rawValue, "since": now.since?.rfc3339, "until": now.until?.rfc3339,
            ])
            let words = now.state.rawValue + (now.until.map { ", until \($0.rfc3339)" } ?? "")
            Terminal.write(invocation.has("--json") ? answer.text : words, to: .output)
        }
    }

    static let userMark = Command(
        words: ["user", "mark"], summary: "Say as what somebody is served, and to whom he belongs",
        details: "For people whom the organisation document does not name; of the others the document says it.",
        operands: ["ADDRESS"],
        options: [
            .value("--class", "CODE", "such as vip; standard for most"),
            .value("--organisation", "NAME", "the organisation or department he belongs to"), .data,
        ]
    ) { invocation in
        let (personClass, organisation) = (invocation.value("--class"), invocation.value("--organisation"))
        guard personClass != nil || organisation != nil else {
            throw CommandFault("there is nothing to say.", advice: "--class vip", status: .usage)
        }
        var changes = PersonChanges()
        (changes.personClass, changes.organisation) = (personClass, organisation.map { $0 })
        return try await withPerson(invocation) { [changes] person, store in
            try await store.change(person.id, changes, by: .program)
        }
    }
}
