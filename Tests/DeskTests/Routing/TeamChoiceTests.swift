import Desk
import Testing

@Suite("The choice of site and team")
struct TeamChoiceTests {
    private let organisation: Organisation

    init() throws { organisation = try ExampleOrganisation.organisation() }

    private func decide(site: String, language: String, open: Set<String>, full: Set<String> = []) -> RoutingDecision {
        let facts = RoutingFacts(
            site: site, channel: .web, kind: .incident, impact: .medium, urgency: .medium, subject: "?", text: "",
            requester: RoutingFacts.Requester(address: "a@b.example", language: language))
        return organisation.routing.decide(
            facts, in: organisation, RoutingSituation(isOpen: open.contains, full: full))
    }

    @Test(
        "While its own team is closed, an open site that serves it has the ticket; one that speaks the language first")
    func followsTheSun() {
        let nearest = decide(site: "OSL", language: "nb", open: ["amsterdam-office", "singapore-office"])
        #expect(nearest.team == "ams-first" && nearest.site == "AMS" && nearest.isOpen)
        let polish = decide(site: "OSL", language: "pl", open: ["amsterdam-office", "warsaw-office"])
        #expect(polish.team == "waw-first" && polish.choice.speaks)
        #expect(polish.choice.candidates == 3)
    }

    @Test("Where nobody is open, the ticket waits at its own site, whatever other sites speak")
    func waits() {
        let decision = decide(site: "OSL", language: "pl", open: [])
        #expect(decision.team == "osl-first" && decision.site == "OSL" && !decision.isOpen)
    }

    @Test("A team that has as many tickets as it takes is passed over for one that is open and has room")
    func capacity() {
        let both: Set = ["oslo-office", "amsterdam-office"]
        #expect(decide(site: "OSL", language: "nb", open: both).team == "osl-first")
        #expect(decide(site: "OSL", language: "nb", open: both, full: ["osl-first"]).team == "ams-first")
        let all = decide(site: "OSL", language: "nb", open: both, full: ["osl-first", "ams-first"])
        #expect(all.team == "osl-first" && all.choice.isFull)
    }
}
