import SeedTestSupport
import Testing

@testable import Desk

@Suite("The index of a routing table's words")
struct RuleIndexTests {
    private static let words = [
        "vpn", "printer", "print", "wi", "fi", "skärm", "SKÄRM", "å", "é", "e\u{301}", "a-b", "ß",
    ]

    private static func text(_ count: Int, _ random: inout Seed) -> String {
        (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined(
            separator: [" ", ", ", "-"].randomElement(using: &random) ?? " ")
    }

    private static func phrases(_ random: inout Seed) -> [Phrase] {
        guard Bool.random(using: &random) else { return [] }
        return (0..<Int.random(in: 1...2, using: &random)).compactMap { _ in
            Phrase(text(Int.random(in: 1...2, using: &random), &random) + (Bool.random(using: &random) ? "*" : ""))
        }
    }

    private static func rule(_ number: Int, _ random: inout Seed) -> RoutingRule {
        var condition = RoutingRule.Condition()
        condition.words = phrases(&random)
        condition.subjectWords = phrases(&random)
        condition.bodyWords = phrases(&random)
        var result = RoutingRule.Result()
        result.tags = ["tag\(number)"]
        return RoutingRule(name: "rule \(number)", condition: condition, result: result)
    }

    @Test("leaves out no rule that holds, and keeps their order", arguments: 0..<200)
    func agreesWithLookingAtEachRule(number: Int) throws {
        var random = Seed(number)
        let rules = (0..<30).map { Self.rule($0, &random) }
        let facts = RoutingFacts(
            site: "OSL", channel: .mail, kind: .incident, impact: .medium, urgency: .medium,
            subject: Self.text(3, &random), text: Self.text(6, &random),
            requester: RoutingFacts.Requester(address: "anna@norrsken.example", language: "nb"))
        let organisation = try ExampleOrganisation.organisation()
        let situation = RoutingSituation(isOpen: { _ in true })
        let (draft, text) = (RoutingDraft(facts), RoutingText(facts))
        let expected = rules.filter { $0.condition.matches(draft, text, situation, in: organisation) != nil }
        let decision = RoutingTable(rules: rules).decide(facts, in: organisation, situation)
        #expect(decision.steps.map(\.rule) == expected.map(\.name), "\(random)")
    }

    @Test("looks at the rules whose words are in the text, and at those without words")
    func candidates() throws {
        func asking(_ words: String...) throws -> RoutingRule {
            var condition = RoutingRule.Condition()
            condition.words = try words.map { try #require(Phrase($0)) }
            return RoutingRule(name: "", condition: condition, result: RoutingRule.Result())
        }
        let index = RuleIndex([
            try asking("vpn"), try asking(), try asking("out of office"), try asking("print*"),
            try asking("nett", "fi*"),
        ])
        func found(_ text: String) -> [Int] { index.candidates(for: TextWords(TextWords.of(text))) }
        #expect(found("nothing of it") == [1])
        #expect(found("Printers in the OFFICE") == [1, 2, 3])
        #expect(found("vpn fiber") == [0, 1, 4])
    }
}
