import Desk
import Testing

@Suite("Targets")
struct TargetTests {
    private let targets = [
        Target(name: "Oslo", measure: .resolution, priorities: [.critical], sites: ["OSL"], seconds: 1),
        Target(name: "critical", measure: .resolution, priorities: [.critical], seconds: 2),
        Target(name: "requests", measure: .resolution, kinds: [.serviceRequest], seconds: 3),
        Target(name: "answer", measure: .firstResponse, seconds: 4),
    ]

    private func names(_ kind: Ticket.Kind, _ priority: Priority, _ site: String) -> [Measure: String] {
        let classification = Classification(
            kind: kind, category: nil, impact: .medium, urgency: .medium, priority: priority)
        return targets.applying(to: classification, site: site).mapValues(\.name)
    }

    @Test("Of each measure the first that holds counts; where none holds, nothing is promised")
    func firstCounts() {
        #expect(names(.incident, .critical, "OSL") == [.resolution: "Oslo", .firstResponse: "answer"])
        #expect(names(.incident, .critical, "WAW") == [.resolution: "critical", .firstResponse: "answer"])
        #expect(names(.serviceRequest, .low, "OSL") == [.resolution: "requests", .firstResponse: "answer"])
        #expect(names(.incident, .low, "OSL") == [.firstResponse: "answer"])
    }
}
