import Desk
import Moments
import Testing

@Suite("What rules and macros would come to is tried first")
struct RehearsalTests {
    private func step(
        _ number: Int, _ action: AutomationAction.Verb, _ event: Ticket.Event
    ) -> AutomationStep {
        AutomationStep(number, action) { _, _ in event }
    }

    @Test("What is so already is left out; what is not possible is told with its place, all at once")
    func faults() throws {
        let ticket = try Sample.ticket(after: .routed(Sample.firstLine, rule: "r"))
        let steps = [
            step(1, .resume, .resumed), step(2, .note, .noteAdded(EntryID(1))),
            step(3, .resolve, .resolved(.solved, note: nil)), step(4, .ask, .requesterAsked(EntryID(2))),
            step(5, .escalate, .escalated(.lead, .needsDecision)),
        ]
        let rehearsal = Rehearsal(steps, on: ticket, at: ticket.updatedAt, by: .program)
        #expect(rehearsal.steps.map(\.number) == [2, 3])
        #expect(rehearsal.faults.map(\.step) == [4, 5])
        #expect(rehearsal.faults.map(\.reason) == [.isResolved, .isResolved])
    }

    @Test("Texts come in the reader's language with their fields, else in English")
    func texts() {
        let text = AutomationText(["en": "Hello {requester}: {number}", "nb": "Hei {requester}"])
        let fields: [AutomationText.Field: String] = [.requester: "Kari", .number: "OSL-1"]
        #expect(text.text(in: "nb", fields) == "Hei Kari")
        #expect(text.text(in: "pl", fields) == "Hello Kari: OSL-1")
    }
}
