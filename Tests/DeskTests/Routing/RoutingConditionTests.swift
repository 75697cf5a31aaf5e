import Desk
import JSON
import Testing
import TimeZones

@Suite("Conditions and results of routing rules")
struct RoutingConditionTests {
    private let organisation: Organisation
    private var facts = RoutingFacts(
        site: "OSL", channel: .mail, kind: .incident, impact: .medium, urgency: .medium,
        subject: "Invoice of May", text: "The VPN drops every hour.",
        requester: RoutingFacts.Requester(
            address: "anna@lab.fjord.example", language: "nb", site: "OSL", organisation: "Finance"))

    init() throws { organisation = try ExampleOrganisation.organisation() }

    /// What a rule with these conditions found, or nil where it did not match.
    private func found(
        _ condition: (inout RoutingRule.Condition) -> Void,
        _ situation: RoutingSituation = RoutingSituation { _ in true }
    ) -> [String]? {
        var rule = RoutingRule(name: "r", result: RoutingRule.Result())
        condition(&rule.condition)
        rule.result.tags = ["hit"]
        let decision = RoutingTable(rules: [rule]).decide(facts, in: organisation, situation)
        return decision.steps.first.map { $0.facts.map(\.found) }
    }

    private func phrases(_ texts: String...) -> [Phrase] { texts.compactMap { Phrase($0) } }

    @Test("Phrases are looked for in the subject, in the body or in either, and never across the two")
    func words() {
        #expect(found { $0.words = phrases("vpn") } == ["text contains \"vpn\""])
        #expect(found { $0.subjectWords = phrases("vpn") } == nil)
        #expect(found { $0.bodyWords = phrases("fax", "vpn") } == ["body contains \"vpn\""])
        #expect(found { $0.subjectWords = phrases("invoice*") } == ["subject contains \"invoice*\""])
        #expect(found { $0.words = phrases("may the") } == nil, "the subject's end and the body's beginning")
    }

    @Test(
        "A requester belongs to his organisation, to his mail domain, and to the domains above it",
        arguments: [
            ("finance", true), ("fjord.example", true), ("lab.fjord.example", true), ("other.example", false),
            ("ord.example", false), ("Legal", false),
        ])
    func organisations(name: String, belongs: Bool) {
        let hit = found { $0.requesterOrganisations = [name] }
        #expect(hit == (belongs ? ["requester belongs to \(name)"] : nil))
    }

    @Test("Every condition alone holds where its fact is so, and nowhere else")
    mutating func alone() {
        facts.recipient = "Hjelp@Oslo.norrsken.example"
        facts.category = "line"
        facts.requester.personClass = "vip"
        facts.requester.site = "WAW"
        let conditions:
            [(String, holds: (inout RoutingRule.Condition) -> Void, fails: (inout RoutingRule.Condition) -> Void)]
        conditions = [
            ("kind", { $0.kinds = [.serviceRequest, .incident] }, { $0.kinds = [.serviceRequest] }),
            ("category", { $0.categories = ["line"] }, { $0.categories = ["vpn"] }),
            ("what it is part of", { $0.categories = ["network"] }, { $0.categories = ["hardware"] }),
            ("channel", { $0.channels = [.phone, .mail] }, { $0.channels = [.phone, .web] }),
            (
                "recipient", { $0.recipients = ["hjelp@oslo.norrsken.example"] },
                { $0.recipients = ["oslo.norrsken.example"] }
            ),
            ("site", { $0.sites = ["OSL"] }, { $0.sites = ["WAW"] }),
            ("class", { $0.requesterClasses = ["vip"] }, { $0.requesterClasses = ["standard"] }),
            ("language", { $0.requesterLanguages = ["sv", "nb"] }, { $0.requesterLanguages = ["sv"] }),
            ("home site", { $0.requesterSites = ["WAW"] }, { $0.requesterSites = ["OSL"] }),
        ]
        for (name, holds, fails) in conditions {
            #expect(found(holds)?.count == 1, "\(name)")
            #expect(found(fails) == nil, "\(name)")
            // One that fails is not outweighed by one that holds.
            #expect(
                found {
                    $0.open = ["oslo-office"]
                    fails(&$0)
                } == nil, "\(name)")
        }
        facts.category = nil
        facts.recipient = nil
        #expect(found { $0.categories = ["line"] } == nil && found { $0.recipients = ["a@b.example"] } == nil)
    }

    @Test("A rule can ask whether a calendar is open or closed")
    func calendars() {
        let open = RoutingSituation { $0 == "oslo-office" }
        #expect(found({ $0.open = ["warsaw-office", "oslo-office"] }, open) == ["oslo-office is open"])
        #expect(found({ $0.closed = ["oslo-office"] }, open) == nil)
        #expect(found({ $0.closed = ["warsaw-office"] }, open) == ["warsaw-office is closed"])
    }

    @Test(
        "Hours of the week are those on the wall of the site, and past midnight they belong to the day before",
        arguments: [
            ("2026-03-06 23:30", true), ("2026-03-07 05:59", true), ("2026-03-07 06:00", false),
            ("2026-03-06 21:59", false), ("2026-03-08 02:00", false),
        ])
    func hours(time: String, isWithin: Bool) throws {
        let parts = time.split(separator: " ")
        let clock = try #require(parts[1].split(separator: ":").count == 2 ? parts[1].split(separator: ":") : nil)
        let civil = CivilTime(
            try #require(CivilDate(parts[0])), hour: try #require(Int(clock[0])), minute: try #require(Int(clock[1])))
        let situation = RoutingSituation(isOpen: { _ in false }, time: { $0 == "AMS" ? civil : nil })
        let friday = WeekHours(
            days: [.friday], hours: try #require(OpenInterval(from: 22 * 3600, to: 6 * 3600)), site: "AMS")
        #expect(found({ $0.hours = [friday] }, situation) == (isWithin ? ["it is fri 22:00-06:00 AMS"] : nil))
    }

    @Test("A rule's priority stands instead of the matrix's, and a person's instead of any rule's")
    mutating func priorities() {
        var rule = RoutingRule(name: "r", result: RoutingRule.Result())
        rule.result.priority = .critical
        rule.result.urgency = .low
        let table = RoutingTable(rules: [rule])
        let ruled = table.decide(facts, in: organisation) { _ in true }
        #expect(ruled.priority == .critical && ruled.basis == .rule && ruled.urgency == .low)
        facts.priority = .planned
        facts.settled = [.urgency]
        let settled = table.decide(facts, in: organisation) { _ in true }
        #expect(settled.priority == .planned && settled.basis == .person && settled.urgency == .medium)
        #expect(settled.steps.first?.decided.isEmpty == true)
    }

    @Test("Tags of several rules add up; a position brings its team with it")
    func results() {
        var one = RoutingRule(name: "one", result: RoutingRule.Result())
        one.result.tags = ["vpn", "remote"]
        one.result.position = "osl-platform-lead"
        var two = RoutingRule(name: "two", result: RoutingRule.Result())
        two.result.tags = ["finance", "vpn"]
        two.result.tier = 1
        let decision = RoutingTable(rules: [one, two]).decide(facts, in: organisation) { _ in true }
        #expect(decision.tags == ["finance", "remote", "vpn"])
        #expect(decision.team == "osl-platform" && decision.position == "osl-platform-lead")
        #expect(decision.steps.last?.decided.map(\.decided) == ["tag finance"])
    }
}
