import Desk
import JSON
import Testing

@Suite("A supplier with Jira in the organisation document")
struct JiraTests {
    /// What the example holds, with another supplier in place of the first.
    private func organisation(_ members: [(String, JSON)], without left: [String] = []) throws -> Organisation {
        var document = try #require(try ExampleOrganisation.document().object)
        var suppliers = try #require(document["suppliers"]?.array)
        var supplier = JSONObject([
            ("code", suppliers[0]["code"] ?? .null), ("name", "Fjordnett AS"), ("connector", "jira"),
            ("url", "https://acme.example"), ("email", "desk@customer.example"),
            ("secrets", .object(["token": JSON.object(["secret": "acme-token"])])), ("project", "SUP"),
            ("issue_type", "Incident"), ("contact", "noc@fjordnett.example"),
        ])
        for name in left { supplier[name] = nil }
        for (name, value) in members { supplier[name] = value }
        suppliers[0] = .object(supplier)
        document["suppliers"] = .array(suppliers)
        return try ExampleOrganisation.read(.object(document))
    }

    private func terms(of organisation: Organisation) throws -> Supplier.Jira {
        guard case .jira(let terms) = organisation.suppliers[0].connector else {
            throw Refused(description: "it has another connector")
        }
        return terms
    }

    private struct Refused: Error, CustomStringConvertible { let description: String }

    @Test("What is left out has the value that does no harm")
    func defaults() throws {
        let organisation = try organisation([])
        let terms = try terms(of: organisation)
        #expect(terms.edition == .cloud && terms.label == "meridian" && terms.comments == .internal)
        #expect(terms.secrets == ["acme-token"] && terms.serviceDesk == nil)
        let mapping = organisation.suppliers[0].mapping
        #expect(mapping.state("category:indeterminate") == .inProgress && mapping.state("Won't Do") == .rejected)
        #expect(mapping.told[.withdrawal] == "Canceled" && mapping.priorities[.planned] == "Lowest")
    }

    @Test("What is written is read again, and only what differs from the defaults is written of the words")
    func export() throws {
        let serviceDesk: JSON = .object(["id": "3", "request_type": "25"])
        let organisation = try organisation(
            [
                ("service_desk", serviceDesk), ("label", "norrsken"), ("edition", "data_center"),
                ("mapping", .object(["told": JSON.object(["withdrawal": "Stopped"])])),
            ], without: ["issue_type", "email"])
        let terms = try terms(of: organisation)
        #expect(terms.comments == .public && terms.email == nil && terms.serviceDesk?.requestType == "25")
        let supplier = try #require(organisation.json["suppliers"]?[0])
        #expect(supplier["mapping"] == .object(["told": JSON.object(["withdrawal": "Stopped"])]))
        let again = try ExampleOrganisation.read(organisation.json)
        #expect(again.suppliers == organisation.suppliers)
    }

    @Test(
        "What is missing or wrong is told with its place",
        arguments: [
            (["email"], [], "/suppliers/0/email is required in the cloud"),
            (["issue_type"], [], "/suppliers/0/issue_type is required"),
            (["secrets"], [], "/suppliers/0/secrets is required"), (["url"], [], "/suppliers/0/url is required"),
            ([], [("project", "sup")], "/suppliers/0/project must be the key of a project"),
            ([], [("project", "1SUP")], "/suppliers/0/project must be the key of a project"),
            ([], [("edition", "server")], "/suppliers/0/edition must be one of"),
            ([], [("comments", "secret")], "/suppliers/0/comments must be one of"),
            ([], [("label", "two words")], "/suppliers/0/label must be"),
        ] as [([String], [(String, JSON)], String)])
    func faults(left: [String], members: [(String, JSON)], fault: String) throws {
        do {
            _ = try organisation(members, without: left)
            Issue.record("it was read")
        } catch {
            #expect("\(error)".contains(fault), "\(error)")
        }
    }
}
