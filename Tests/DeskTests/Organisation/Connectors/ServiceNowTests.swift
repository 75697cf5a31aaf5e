import Desk
import JSON
import SchemaTestSupport
import Testing

@Suite("A supplier's ServiceNow in the organisation document")
struct ServiceNowTests {
    private static let least: [(String, JSON)] = [
        ("code", "fjordnett"), ("name", "NOC"), ("connector", "servicenow"), ("url", "https://noc.example"),
        ("user", "desk"), ("secrets", ["password": ["secret": "noc-password"]]), ("contact", "noc@noc.example"),
    ]

    private func document(_ members: [(String, JSON)]) throws -> JSON {
        var supplier = JSONObject(Self.least)
        for (name, value) in members { supplier[name] = value.isNull ? nil : value }
        return Mutation(tokens: ["suppliers", "0"], value: .object(supplier)).apply(
            to: try ExampleOrganisation.document())
    }

    private func faults(_ members: [(String, JSON)]) throws -> [String] {
        do {
            _ = try ExampleOrganisation.read(document(members))
            return []
        } catch let faults as JSONFaults {
            return faults.list.map(\.description)
        }
    }

    @Test("What is left out is what most instances have")
    func least() throws {
        let supplier = try #require(ExampleOrganisation.read(document([])).supplier("fjordnett"))
        #expect(
            supplier.connector
                == .servicenow(.init(url: "https://noc.example", user: "desk", password: "noc-password")))
        #expect(supplier.mapping == Supplier.ServiceNow.mapping)
        guard case .servicenow(let terms) = supplier.connector else { return }
        #expect(terms.table == "incident" && terms.writes == .workNotes && terms.reads == [.comments, .workNotes])
        #expect(terms.secrets == ["noc-password"])
    }

    @Test("All that can be said is read, exported as it is read, and described")
    func whole() throws {
        let document = try document([
            ("sign_in", "password"), ("client", "0123abcd"), ("table", "u_incident"), ("system", "Meridian Oslo"),
            ("secrets", ["password": ["secret": "noc-password"], "client": ["secret": "noc-client"]]),
            ("record", ["assignment_group": "Network", "caller_id": "desk"]), ("writes", "comments"),
            ("reads", ["comments"]), ("close_code", "Resolved by caller"), ("overlap", 300),
            ("mapping", ["states": ["-5": "in_progress"], "told": ["withdrawal": "7"]]),
        ])
        let organisation = try ExampleOrganisation.read(document)
        #expect(try ExampleOrganisation.read(organisation.json) == organisation)
        #expect(try SchemaCheck.faults(document, by: Organisation.schema) == [])
        #expect(try SchemaCheck.faults(organisation.json, by: Organisation.schema) == [])
        let terms = try #require(organisation.supplier("fjordnett")?.connector.terms)
        #expect(terms.secrets == ["noc-password", "noc-client"] && terms.members["overlap"] == 300)
    }

    @Test(
        "What cannot work is refused, with what to write instead",
        arguments: [
            ("secrets", ["client": ["secret": "x"]], "password"), ("sign_in", "client_credentials", "client"),
            ("sign_in", "password", "client"), ("user", .null, "required"), ("system", "A^B", "'^'"),
            ("table", "Incident", "small letters"), ("record", ["Caller": "x"], "small letters"),
            ("writes", "notes", "work_notes"), ("reads", [], "at least 1"), ("overlap", -1, "0"),
            ("url", "noc.example", "https://"),
        ] as [(String, JSON, String)])
    func refused(member: String, value: JSON, words: String) throws {
        let found = try faults([(member, value)])
        #expect(found.contains { $0.contains(words) }, "\(found)")
    }
}
