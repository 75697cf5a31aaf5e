import Desk
import Testing

@Suite("Where tickets go at the end of a shift")
struct ShiftRuleTests {
    private func relief(
        of team: String, at site: String, sites: [String], open calendars: Set<String>
    ) throws -> String? {
        let organisation = try ExampleOrganisation.organisation()
        let team = try #require(organisation.team(team))
        let rule = ShiftRule(name: "sun", sites: sites)
        return organisation.reliefs(of: team, at: site, under: rule, isOpen: calendars.contains).first
            .map { "\($0.team.code) at \($0.site)" }
    }

    private func calendar(of team: String) throws -> String {
        let organisation = try ExampleOrganisation.organisation()
        return organisation.calendar(of: try #require(organisation.team(team)))
    }

    @Test("They go to the next site in the order of the sun that is open, and after the last comes the first")
    func order() throws {
        let (ams, waw) = (try calendar(of: "ams-first"), try calendar(of: "waw-first"))
        let sites = ["OSL", "AMS", "WAW"]
        #expect(try relief(of: "osl-first", at: "OSL", sites: sites, open: [ams, waw]) == "ams-first at AMS")
        #expect(try relief(of: "osl-first", at: "OSL", sites: sites, open: [waw]) == "waw-first at WAW")
        #expect(try relief(of: "waw-first", at: "WAW", sites: sites, open: [ams]) == "ams-first at AMS")
    }

    @Test("Where nobody is open they stay; so do those of a site that the rule does not name")
    func stays() throws {
        let ams = try calendar(of: "ams-first")
        #expect(try relief(of: "osl-first", at: "OSL", sites: ["OSL", "AMS"], open: []) == nil)
        #expect(try relief(of: "osl-first", at: "OSL", sites: ["WAW", "AMS"], open: [ams]) == nil)
    }

    @Test("A confidential team's tickets never leave it")
    func confidential() throws {
        let organisation = try ExampleOrganisation.organisation()
        let everything = Set(organisation.calendars.keys)
        #expect(try relief(of: "osl-staff", at: "OSL", sites: ["OSL", "AMS"], open: everything) == nil)
    }

    @Test("Where the next one declines, those behind it are asked, in the order of the sun")
    func others() throws {
        let organisation = try ExampleOrganisation.organisation()
        let team = try #require(organisation.team("osl-first"))
        let rule = ShiftRule(name: "sun", sites: ["WAW", "OSL", "AMS"])
        let reliefs = organisation.reliefs(of: team, at: "OSL", under: rule) { _ in true }
        #expect(reliefs.map(\.site) == ["AMS", "WAW"])
    }
}
