import Desk
import DeskTestSupport
import Testing

@Suite("The teams of a tier")
struct TeamsOfTierTests {
    @Test("Nobody's ticket goes to a confidential team for its tier alone; for its skill it does")
    func confidential() throws {
        let organisation = try TestDesk.exampleOrganisation()
        let secret = try #require(organisation.teams.first { $0.isConfidential && !$0.skills.isEmpty })
        for site in organisation.sites {
            let teams = organisation.teams(ofTier: secret.tier, at: site.code).map(\.team)
            #expect(!teams.isEmpty && !teams.contains { $0.isConfidential }, "\(site.code)")
        }
        let home = try #require(secret.sites.first)
        let asked = organisation.teams(ofTier: secret.tier, skill: secret.skills[0], at: home)
        #expect(asked.map(\.team.code).contains(secret.code))
    }
}
