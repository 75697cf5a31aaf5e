import Desk
import Testing

@Suite("The routing table")
struct RoutingTableTests {
    private let organisation: Organisation

    init() throws { organisation = try ExampleOrganisation.organisation() }

    private func facts(
        _ text: String, site: String = "OSL", language: String = "nb", recipient: String? = nil,
        category: String? = nil, personClass: String = "standard"
    ) -> RoutingFacts {
        RoutingFacts(
            site: site, channel: .mail, kind: .incident, impact: .medium, urgency: .medium, category: category,
            subject: text, text: "", recipient: recipient,
            requester: RoutingFacts.Requester(
                address: "anna@norrsken.example", personClass: personClass, language: language, site: site))
    }

    private func decide(
        _ facts: RoutingFacts, open: Set<String> = ["oslo-office", "amsterdam-office", "warsaw-office"]
    ) -> RoutingDecision {
        organisation.routing.decide(facts, in: organisation) { open.contains($0) }
    }

    @Test("An ordinary matter begins at the first line of its site")
    func firstLine() {
        let decision = decide(facts("Skjermen er svart"))
        #expect(decision.team == "osl-first" && decision.position == "osl-first-agent" && decision.site == "OSL")
        #expect(decision.rule == "Everything else begins at the first line")
        #expect(decision.priority == .medium && decision.isOpen)
    }

    @Test(
        "Words in the requester's language give the category",
        arguments: [
            ("Skriveren virker ikke", "nb", "printing"), ("Skrivaren fungerar inte", "sv", "printing"),
            ("De printer doet niets", "nl", "printing"), ("Drukarka nie drukuje", "pl", "printing"),
            ("Forgot my PASSWORD", "en", "accounts"), ("Glemt passordet", "nb", "accounts"),
            ("Kan inte logga in på VPN", "sv", "vpn"), ("Brak sieci", "pl", "network"),
        ])
    func words(text: String, language: String, category: String) {
        #expect(decide(facts(text, language: language)).category == category)
    }

    @Test("A category that somebody chose stands before the words")
    func chosenCategory() {
        #expect(decide(facts("The printer has no password", category: "mail")).category == "mail")
    }

    @Test("Later rules see what earlier ones decided, and the decision tells each step with its facts")
    func explains() {
        let decision = decide(facts("Fiber er nede for hele kontoret, haster!"))
        #expect(decision.category == "line" && decision.impact == .high && decision.urgency == .high)
        #expect(decision.priority == .critical)
        #expect(decision.team == "ams-network" && decision.site == "AMS")
        #expect(decision.rule == "Lines between sites go to the networks' second line")
        let step = decision.steps.first { $0.rule == decision.rule }
        #expect(step?.facts.map(\.found) == ["category is line"])
        #expect(step?.decided.map(\.decided) == ["tier 2", "skill network"])
        #expect(decision.steps.last?.decided == [])
        #expect(decision.description.contains("Words of lines: text contains \"fiber*\" -> category line"))
    }

    @Test("Of teams that fit, one that is open is chosen, though another is nearer")
    func prefersOpen() {
        let night = decide(facts("Fiber er nede"), open: ["warsaw-night"])
        #expect(night.team == "waw-network" && night.isOpen)
        let closed = decide(facts("Fiber er nede"), open: [])
        #expect(closed.team == "ams-network" && !closed.isOpen)
    }

    @Test("A team that serves the site is preferred to those of other sites; of equals, one that speaks the language")
    func prefersLanguage() {
        #expect(decide(facts("Łącze nie działa", site: "STO", language: "pl"), open: []).team == "waw-network")
        #expect(decide(facts("Glasvezel kapot", site: "STO", language: "nl"), open: []).team == "ams-network")
        #expect(decide(facts("Fiber down", site: "SIN", language: "en"), open: []).team == "ams-network")
    }

    @Test("Mail to the group's address goes to the site that speaks the writer's language")
    func recipients() {
        let decision = decide(facts("Goedemorgen", language: "nl", recipient: "Support@norrsken.example"))
        #expect(decision.site == "AMS" && decision.team == "ams-first")
        #expect(decide(facts("Goedemorgen", language: "nl", recipient: "hjelp@oslo.norrsken.example")).site == "OSL")
    }

    @Test("Staff matters go to the confidential team and nowhere else, whatever other words there are")
    func confidential() {
        let decision = decide(facts("Feil på lønnsslippen i VPN", site: "STO"))
        #expect(decision.team == "osl-staff" && decision.category == "staff")
    }

    @Test("Important persons are served sooner")
    func classes() {
        #expect(decide(facts("Skjermen er svart", personClass: "vip")).priority == .high)
    }

    @Test("Without a rule, or without a team that fits, a ticket stays with the intake of its site")
    func fallback() {
        let empty = RoutingTable(rules: []).decide(facts("?", site: "SIN"), in: organisation) { _ in true }
        #expect(empty.rule == RoutingDecision.fallback && empty.position == "sin-dispatch")
        var result = RoutingRule.Result()
        result.tier = 3
        result.skill = "printing"
        let table = RoutingTable(rules: [RoutingRule(name: "No such team", result: result)])
        let unfit = table.decide(facts("?"), in: organisation) { _ in true }
        #expect(unfit.rule == RoutingDecision.fallback && unfit.position == "osl-dispatch")
        #expect(unfit.steps.map(\.rule) == ["No such team"])
    }

    @Test("What a decision changes about a ticket is what is different, and no more")
    func changes() {
        let decision = decide(facts("Fiber er nede, haster"))
        let old = Classification(kind: .incident, category: nil, impact: .medium, urgency: .medium, priority: .medium)
        let changes = decision.changes(to: old, category: CategoryID(9))
        #expect(changes.kind == nil && changes.impact == nil)
        #expect(changes.urgency == .high && changes.priority == .high && changes.category == CategoryID(9))
        #expect(decision.changes(to: changes.applied(to: old), category: CategoryID(9)).isEmpty)
    }
}
