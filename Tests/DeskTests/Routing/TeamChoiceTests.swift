import Desk
import Foundation
import JSON
import Testing

@Suite("The choice of site and team")
struct TeamChoiceTests {
    private let organisation: Organisation

    init() throws { organisation = try ExampleOrganisation.organisation() }

    private func decide(
        site: String, language: String, open: Set<String>, full: Set<String> = [],
        standings given: [String: TeamStanding] = [:],
        in changed: Organisation? = nil
    ) -> RoutingDecision {
        let organisation = changed ?? organisation
        let standings = given.merging(full.map { ($0, TeamStanding(load: 100)) }) { $1 }
        let facts = RoutingFacts(
            site: site, channel: .web, kind: .incident, impact: .medium, urgency: .medium, subject: "?", text: "",
            requester: RoutingFacts.Requester(address: "a@b.example", language: language))
        return organisation.routing.decide(
            facts, in: organisation, RoutingSituation(isOpen: open.contains, standings: standings))
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

    /// The example with two more teams of the first line in Oslo, which take any number and speak every language there.
    private func organisationOfThree() throws -> Organisation {
        let read = try JSONSerialization.jsonObject(with: Data(contentsOf: ExampleOrganisation.file))
        var document = read as? [String: Any] ?? [:]
        var teams = document["teams"] as? [[String: Any]] ?? []
        var positions = document["positions"] as? [[String: Any]] ?? []
        let first = try #require(teams.first { $0["code"] as? String == "osl-first" })
        for code in ["osl-second-desk", "osl-third-desk"] {
            teams.append(first.merging(["code": code, "name": code]) { $1 })
            positions.append(["code": code + "-agent", "name": code, "team": code])
        }
        (document["teams"], document["positions"]) = (teams, positions)
        let text = String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
        return try ExampleOrganisation.read(JSON.parse(text))
    }

    @Test(
        "Of several that are open, one of which somebody is there comes first, then the one with the least of its load")
    func standing() throws {
        let organisation = try organisationOfThree()
        func choose(_ standings: [String: TeamStanding], language: String = "nb") -> RoutingDecision {
            decide(
                site: "OSL", language: language, open: ["oslo-office"], standings: standings, in: organisation)
        }
        #expect(choose([:]).team == "osl-first" && choose([:]).choice.candidates == 3)
        let deserted = choose(["osl-first": TeamStanding(isStaffed: false)])
        #expect(deserted.team == "osl-second-desk" && deserted.choice.isStaffed == nil)
        let nobody = TeamStanding(isStaffed: false, load: 0)
        let all = choose(["osl-first": nobody, "osl-second-desk": nobody, "osl-third-desk": nobody])
        #expect(all.team == "osl-first" && all.choice.isStaffed == false)
        let loaded = choose([
            "osl-first": TeamStanding(isStaffed: true, open: 60, capacity: 100),
            "osl-second-desk": TeamStanding(isStaffed: true, open: 9, capacity: 20),
            "osl-third-desk": TeamStanding(isStaffed: false, open: 0, capacity: 20),
        ])
        #expect(loaded.team == "osl-second-desk" && loaded.choice.load == 45 && loaded.choice.isStaffed == true)
        // A ticket more or less does not move anything.
        #expect(
            choose(["osl-first": TeamStanding(load: 9), "osl-second-desk": TeamStanding(load: 1)]).team == "osl-first")
        #expect(
            choose([
                "osl-first": TeamStanding(load: 49), "osl-second-desk": TeamStanding(load: 41),
                "osl-third-desk": TeamStanding(load: 50),
            ]).team == "osl-first")
    }
}
