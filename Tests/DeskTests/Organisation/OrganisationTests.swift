import Desk
import JSON
import SchemaTestSupport
import SeedTestSupport
import Testing

@Suite("The organisation document")
struct OrganisationTests {
    /// The example with some members replaced; nil takes one out.
    private func document(replacing members: [(pointer: String, value: JSON?)]) throws -> JSON {
        try members.reduce(try ExampleOrganisation.document()) { document, member in
            let tokens = try #require(JSONPointer(parsing: member.pointer)).tokens
            return Mutation(tokens: tokens, value: member.value).apply(to: document)
        }
    }

    private func faults(replacing members: [(pointer: String, value: JSON?)]) throws -> [String] {
        do {
            _ = try ExampleOrganisation.read(document(replacing: members))
            return []
        } catch let faults as JSONFaults {
            return faults.list.map(\.description)
        }
    }

    @Test("The example is without faults, and an export is what an apply takes")
    func roundTrip() throws {
        let organisation = try ExampleOrganisation.organisation()
        let exported = organisation.json
        let again = try ExampleOrganisation.read(JSON.parse(exported.laidOut()))
        #expect(again == organisation)
        #expect(again.json.text == exported.text)
    }

    @Test("What a team must be told comes from the category, from what it is part of, and from the team, each once")
    func needs() throws {
        let organisation = try ExampleOrganisation.organisation()
        #expect(organisation.needs(of: "printing", by: "osl-first").map(\.code) == ["asset-tag"])
        let network = organisation.needs(of: nil, by: "ams-network")
        #expect(network.map { $0.name(in: "nl") } == ["Verdieping en kamer", "Sinds wanneer, en hoe vaak"])
        #expect(organisation.needs(of: "printing", by: "ams-network").count == 3)
        #expect(try !faults(replacing: [("/teams/0/needs", ["shoe-size"])]).isEmpty)
    }

    @Test("A part of the product that is not there cannot be switched on")
    func modules() throws {
        #expect(try faults(replacing: [("/modules", [])]).isEmpty)
        for absent in ["approvals", "surveys", "assets"] {
            let found = try faults(replacing: [("/modules/0", .string(absent))])
            #expect(found.count == 1 && found[0].contains("must be one of knowledge"), "\(found)")
        }
    }

    @Test("The steps by which a target is carried up go up, or are refused")
    func escalations() throws {
        func steps(_ list: JSON) throws -> [String] { try faults(replacing: [("/targets/0/escalate", list)]) }
        let (lead, site): (JSON, JSON) = (["percent": 100, "to": "lead"], ["percent": 150, "to": "site"])
        #expect(try steps([lead, site]).isEmpty)
        #expect(try steps([site, lead]).count == 1)
        #expect(try steps([lead, ["percent": 100, "to": "site"]]).count == 1)
        #expect(try steps([["percent": 0, "to": "moon"]]).count == 2)
    }

    @Test("The example has what a tour needs: five sites in as many languages, three tiers, two suppliers")
    func example() throws {
        let organisation = try ExampleOrganisation.organisation()
        #expect(organisation.sites.map(\.code) == ["OSL", "AMS", "WAW", "STO", "SIN"])
        #expect(Set(organisation.sites.map(\.language)) == ["nb", "nl", "pl", "sv", "en"])
        #expect(organisation.tiers.map(\.level) == [1, 2, 3])
        #expect(organisation.suppliers.map(\.code) == ["fjordnett", "printwerk"])
        #expect(organisation.site(receiving: "Support@Norrsken.example")?.code == "OSL")
        #expect(organisation.suppliers(for: "vpn").map(\.code) == ["fjordnett"])
        #expect(organisation.teams.contains { $0.isConfidential })
        let holders = Set(organisation.people.flatMap(\.positions))
        #expect(
            organisation.teams.allSatisfy { team in
                organisation.workingPosition(of: team).map { holders.contains($0.code) } ?? false
            })
    }

    @Test("The holidays of the example are those of the countries")
    func holidays() throws {
        guard let text = SharedData.text("calendars/public_holidays_2012_2030.json") else {
            print("skipped: there is no ../shared/data/calendars here")
            return
        }
        let countries = try JSON.parse(text)
        let organisation = try ExampleOrganisation.organisation()
        for (site, country) in [("OSL", "NO"), ("AMS", "NL"), ("WAW", "PL"), ("STO", "SE"), ("SIN", "SG")] {
            let calendar = try #require(organisation.site(site).flatMap { organisation.calendars[$0.calendar] })
            let known = try #require(countries[country]?.object).names.filter { ("2026"..."2030~").contains($0) }
            #expect(calendar.holidays.map(\.description) == known.sorted(), "\(country)")
        }
    }

    @Test("What is mentioned and not there is named, with its place and the nearest word")
    func danglingReferences() throws {
        let told = try faults(replacing: [
            ("/default_site", "OLS"), ("/sites/0/calendar", "oslo-ofice"), ("/sites/1/intake", "nobody-at-all"),
            ("/sites/2/served_by/0", "AMD"), ("/teams/0/sites/0", "QQQ"), ("/positions/0/team", "osl-frst"),
            ("/people/2/positions/0", "osl-first-agnet"), ("/categories/1/parent", "hardwear"),
            ("/targets/0/calendar", "allways"), ("/suppliers/0/categories/0", "networks"),
        ])
        for place in [
            "/default_site", "/sites/0/calendar", "/sites/1/intake", "/sites/2/served_by/0", "/teams/0/sites/0",
            "/positions/0/team", "/people/2/positions/0", "/categories/1/parent", "/targets/0/calendar",
            "/suppliers/0/categories/0",
        ] {
            #expect(told.contains { $0.hasPrefix("\(place) there is no ") }, "\(place) in \(told)")
        }
        #expect(told.contains("/default_site there is no site \"OLS\"; did you mean \"OSL\"?"))
    }

    @Test("Faults of form are all told at once, those of references with them")
    func formFaults() throws {
        let changes: [(pointer: String, value: JSON?)] = [
            ("/name", nil), ("/sites/0/zone", "Europe/Olso"), ("/sites/0/languages", []), ("/sites/1/code", "ams"),
            ("/people/0/email", "ingrid"), ("/people/0/password", "secret"), ("/suppliers/0/url", "fjordnett"),
            ("/suppliers/0/secrets/outgoing", "plain text"), ("/targets/0/within", "1d"),
            ("/calendars/always/weekly", "24/7"), ("/priorities/0", [1, 2]), ("/modules/0", "knowlege"),
            ("/people/1/site", "STQ"),
        ]
        let told = try faults(replacing: changes)
        for place in [
            "/name is required", "/sites/0/zone \"Europe/Olso\"", "/sites/0/languages must have at least 1",
            "/sites/1/code must be", "/people/0/email must be", "/people/0/password is unknown", "/suppliers/0/url",
            "/suppliers/0/secrets/outgoing must be an object", "/targets/0/within must be",
            "/calendars/always/weekly must be", "/priorities/0 must have at least 3", "/modules/0 must be one of",
            "/people/1/site there is no site \"STQ\"; did you mean \"STO\"?",
        ] {
            #expect(told.contains { $0.hasPrefix(place) }, "\(place) in \(told)")
        }
        // Of these, a schema can know all but which zones and sites there are. What a supplier needs depends on its
        // connector, and where none of the ways fits, a schema tells of the supplier as a whole.
        let bySchema = try SchemaCheck.faults(document(replacing: changes), by: Organisation.schema)
        let places = Set(bySchema.map { String($0.prefix { $0 != " " }) })
        let unknown: Set = ["/sites/0/zone", "/people/1/site", "/suppliers/0/url", "/suppliers/0/secrets/outgoing"]
        #expect(places == Set(changes.map(\.pointer)).subtracting(unknown).union(["/suppliers/0"]))
    }

    @Test("A rule that decides nothing, or names a team and asks for a tier, is told")
    func uselessRules() throws {
        let told = try faults(replacing: [
            ("/routing/0/then", ["team": "osl-staff", "tier": 2]), ("/routing/1/then", [:]),
            ("/routing/2/when/words", []), ("/routing/3/when/words/0", "*"),
        ])
        #expect(
            told.map { $0.prefix { $0 != " " } } == [
                "/routing/0/then/team", "/routing/1/then", "/routing/2/when/words", "/routing/3/when/words/0",
            ])
    }

    @Test("Parts that are right alone but do not fit together are told")
    func misfits() throws {
        let told = try faults(replacing: [
            ("/tiers/1/level", 1), ("/calendars/holder", ["zone": "UTC", "weekly": [:]]),
            ("/calendars/always/holidays", ["2026-12-25"]), ("/sites/1/addresses/0", "support@norrsken.example"),
            ("/sites/4/intake", "sto-dispatch"), ("/sites/3/served_by/0", "STO"), ("/categories/0/parent", "printing"),
            ("/routing/14/then", ["tier": 9, "skill": "netwrok"]), ("/positions/10/team", "sin-first"),
            ("/positions/11/team", "sin-first"), ("/people/1/email", "INGRID.solberg@norrsken.example"),
        ])
        for place in [
            "/tiers/1/level stands twice", "/teams/5/tier there is no tier 2", "/calendars/holder has a name",
            "/calendars/holder never opens", "/calendars/always/weekly is never closed",
            "/sites/1/addresses/0 stands twice", "/sites/4/intake is a position of the team \"sto-first\"",
            "/sites/3/served_by must name other", "/categories/0/parent goes round", "/categories/1/parent goes round",
            "/routing/14/then/skill no team has the skill \"netwrok\"; did you mean \"network\"?",
            "/routing/14/then/tier there is no tier 9", "/teams/5 has no position", "/people/1/email stands twice",
        ] {
            #expect(told.contains { $0.hasPrefix(place) }, "\(place) in \(told)")
        }
    }

    @Test(
        "Whatever stands anywhere in a document, it is read or its faults are told with places in it",
        arguments: 0..<200)
    func survivesAnything(number: Int) throws {
        var random = Seed(number)
        let example = try ExampleOrganisation.document()
        let odd: [JSON] = [.null, 0, -1, "", "x", [], [:], true, [[]], ["code": "x"], .number(JSONNumber(Int64.max))]
        var places: [String] = []
        var document = example
        for _ in 0...Int.random(in: 0...3, using: &random) {
            let place = randomPlace(in: document, &random)
            places.append(place.description)
            document = Mutation(tokens: place.tokens, value: odd.randomElement(using: &random)).apply(to: document)
        }
        do {
            let organisation = try ExampleOrganisation.read(document)
            #expect(try ExampleOrganisation.read(organisation.json) == organisation, "seed \(number), \(places)")
            #expect(try SchemaCheck.faults(document, by: Organisation.schema) == [], "seed \(number), \(places)")
        } catch let faults as JSONFaults {
            #expect(!faults.isEmpty, "seed \(number), \(places)")
        }
    }

    private func randomPlace(in json: JSON, _ random: inout Seed) -> JSONPointer {
        var (place, value) = (JSONPointer(), json)
        while place.tokens.isEmpty || Int.random(in: 0..<4, using: &random) > 0 {
            let names = value.object?.names ?? (value.array ?? []).indices.map(String.init)
            guard let name = names.randomElement(using: &random) else { break }
            place = place.appending(name)
            value = json[place] ?? .null
        }
        return place
    }
}
