import Desk
import Foundation
import JSON
import Testing

/// The example with seven tiers: above the three that it has, a team of Oslo on each.
@Suite("Any number of tiers")
struct ManyTiersTests {
    private let organisation: Organisation

    init() throws {
        let read = try JSONSerialization.jsonObject(with: Data(contentsOf: ExampleOrganisation.file))
        var document = read as? [String: Any] ?? [:]
        var tiers = document["tiers"] as? [[String: Any]] ?? []
        var teams = document["teams"] as? [[String: Any]] ?? []
        var positions = document["positions"] as? [[String: Any]] ?? []
        for level in 4...7 {
            let code = "osl-line-\(level)"
            tiers.append(["level": level, "name": "Line \(level)"])
            teams.append(["code": code, "name": code, "sites": ["OSL"], "tier": level, "languages": ["nb"]])
            positions.append(["code": code + "-expert", "name": code, "team": code])
        }
        let rules: [[String: Any]] = [
            ["name": "The highest", "when": ["requester_classes": ["vip"]], "then": ["tier": 7]],
            ["name": "Mathematics", "when": ["words": ["integral*"]], "then": ["tier": 5]],
            ["name": "Everything else", "then": ["tier": 1]],
        ]
        (document["tiers"], document["teams"], document["positions"]) = (tiers, teams, positions)
        document["routing"] = rules
        let text = String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
        organisation = try ExampleOrganisation.read(JSON.parse(text))
    }

    private func decide(_ subject: String, personClass: String = "standard") -> RoutingDecision {
        let facts = RoutingFacts(
            site: "OSL", channel: .web, kind: .incident, impact: .medium, urgency: .medium, subject: subject, text: "",
            requester: RoutingFacts.Requester(address: "a@b.example", personClass: personClass, language: "nb"))
        return organisation.routing.decide(facts, in: organisation) { _ in true }
    }

    @Test("Hard matters begin at the tier that a rule names, and the most important users at the highest")
    func routes() {
        #expect(decide("The screen is black").team == "osl-first")
        #expect(decide("An integral does not converge").team == "osl-line-5")
        #expect(decide("The screen is black", personClass: "vip").team == "osl-line-7")
    }

    @Test("A ticket climbs from one to the next, which then has it, and is owned by the first throughout")
    func climbs() throws {
        var ticket = try Sample.ticket()
        let owner = ticket.owner
        var tiers = [ticket.responsibility.place.tier]
        for tier in organisation.tiers.map(\.level).dropFirst() {
            var next = Sample.secondLine
            next.place = Place(site: next.place.site, tier: tier, team: TeamID(100 + Int64(tier)))
            try ticket.go(through: .handedOver(next, reason: "expertise", note: EntryID(2)))
            tiers.append(ticket.responsibility.place.tier)
            #expect(ticket.holder == .team(next.place) && ticket.owner == owner)
        }
        #expect(tiers == Array(1...7))
    }
}
