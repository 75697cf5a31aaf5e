import Desk
import Moments
import Testing

@Suite("What is known of a ticket that is routed again")
struct RoutingFactsTests {
    private func changed(
        by actor: Ticket.Actor = .person(Sample.kari), isRuled: Bool = false, _ edit: (inout Changes) -> Void
    ) -> RecordedEvent {
        var changes = Changes()
        edit(&changes)
        changes.isRuled = isRuled
        return RecordedEvent(at: Sample.start, actor: actor, event: .changed(changes))
    }

    private func facts(after log: RecordedEvent...) -> RoutingFacts {
        var facts = RoutingFacts(
            site: "OSL", channel: .mail, kind: .serviceRequest, impact: .high, urgency: .high, subject: "", text: "",
            requester: RoutingFacts.Requester(address: "anna@norrsken.example", language: "nb"))
        let opened = RecordedEvent(at: Sample.start, actor: .program, event: .opened(Sample.opening()))
        facts.settle([opened] + log) { "category-\($0)" }
        return facts
    }

    @Test("What the table decided is not a person's word, whoever asked the table")
    func ruled() {
        let rule = { (changes: inout Changes) in
            (changes.kind, changes.impact, changes.urgency) = (.informationRequest, .low, .low)
            changes.category = CategoryID(9)
        }
        for table in [changed(by: .program, rule), changed(isRuled: true, rule)] {
            let facts = facts(after: table)
            #expect(facts.kind == .incident && facts.impact == .medium && facts.urgency == .medium)
            #expect(facts.category == "category-5" && facts.settled.isEmpty)
        }
        let person = facts(after: changed(rule))
        #expect(person.kind == .informationRequest && person.category == "category-9")
        #expect(person.settled == [.kind, .impact, .urgency])
    }

    @Test("The tags of rules are told apart from those of people")
    func tags() {
        let log = [
            changed(isRuled: true) { $0.tags = ["fibre", "vpn"] }, changed { $0.tags = ["fibre", "mine", "vpn"] },
            changed { $0.tags = ["mine", "vpn"] }, changed(by: .program) { $0.tags = ["mine", "night", "vpn"] },
        ]
        #expect(facts(after: log[0]).ruledTags == ["fibre", "vpn"])
        #expect(facts(after: log[0], log[1]).ruledTags == ["fibre", "vpn"])
        #expect(facts(after: log[0], log[1], log[2]).ruledTags == ["vpn"])
        #expect(facts(after: log[0], log[1], log[2], log[3]).ruledTags == ["night", "vpn"])
    }
}
