import Desk
import JSON
import Testing

@Suite("Targets")
struct TargetTests {
    private let targets = [
        Target(name: "Oslo", measure: .resolution, for: .init(priorities: [.critical], sites: ["OSL"]), seconds: 1),
        Target(name: "critical", measure: .resolution, for: .init(priorities: [.critical]), seconds: 2),
        Target(name: "requests", measure: .resolution, for: .init(kinds: [.serviceRequest]), seconds: 3),
        Target(name: "answer", measure: .firstResponse, seconds: 4),
    ]
    private let facts = TargetFacts(
        kind: .incident, priority: .low, categories: ["printer", "hardware"], site: "OSL", team: "osl-first", tier: 1)

    private func name(of measure: Measure, _ kind: Ticket.Kind, _ priority: Priority, _ site: String) -> String? {
        var facts = facts
        (facts.kind, facts.priority, facts.site) = (kind, priority, site)
        return targets.first(of: measure, for: facts)?.name
    }

    @Test("Of each measure the first that holds counts; where none holds, nothing is promised")
    func firstCounts() {
        #expect(name(of: .resolution, .incident, .critical, "OSL") == "Oslo")
        #expect(name(of: .resolution, .incident, .critical, "WAW") == "critical")
        #expect(name(of: .resolution, .serviceRequest, .low, "OSL") == "requests")
        #expect(name(of: .resolution, .incident, .low, "OSL") == nil)
        #expect(name(of: .firstResponse, .incident, .low, "OSL") == "answer")
    }

    @Test("Every condition must be met; a category is met by its parts, suppliers by any of those that are meant")
    func conditions() {
        var facts = facts
        facts.requesterClass = "vip"
        facts.suppliers = ["fjordnett"]
        let met = Target.Conditions(
            kinds: [.incident], priorities: [.low, .high], categories: ["hardware"], classes: ["vip"], sites: ["OSL"],
            teams: ["osl-first", "osl-second"], tiers: [1], suppliers: ["printwerk", "fjordnett"])
        #expect(met.hold(for: facts) && Target.Conditions().hold(for: facts))
        let spoilers: [(inout TargetFacts) -> Void] = [
            { $0.kind = .serviceRequest }, { $0.priority = .medium }, { $0.categories = ["software"] },
            { $0.requesterClass = "standard" }, { $0.site = "WAW" }, { $0.team = "waw-first" }, { $0.tier = 2 },
            { $0.suppliers = [] },
        ]
        for (number, spoil) in spoilers.enumerated() {
            var other = facts
            spoil(&other)
            #expect(!met.hold(for: other), "condition \(number)")
        }
    }

    @Test("What a measure does not charge for is left out unless the document says otherwise")
    func usualPauses() {
        #expect(Target(measure: .resolution, seconds: 1).pauses == [.requester, .other])
        #expect(Target(measure: .supplierResolution, seconds: 1).pauses == [.desk])
        #expect(Target(measure: .team, seconds: 1, pauses: []).pauses == [])
    }
}
