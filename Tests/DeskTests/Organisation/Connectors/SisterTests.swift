import Desk
import JSON
import Testing

@Suite("Another desk in the organisation document")
struct SisterTests {
    /// What the example holds, with another desk in place of the first supplier.
    private func organisation(_ members: [(String, JSON)] = []) throws -> Organisation {
        var document = try #require(try ExampleOrganisation.document().object)
        var suppliers = try #require(document["suppliers"]?.array)
        let secrets = JSONObject([
            ("outgoing", .object(["secret": "to-manila"])), ("incoming", .object(["secret": "from-manila"])),
        ])
        var supplier = JSONObject([
            ("code", suppliers[0]["code"] ?? .null), ("name", "Desk at Manila"), ("connector", "sister"),
            ("url", "https://desk.manila.example/"), ("known_as", "oslo"), ("secrets", .object(secrets)),
            ("contact", "duty@desk.manila.example"),
        ])
        for (name, value) in members { supplier[name] = value }
        suppliers[0] = .object(supplier)
        document["suppliers"] = .array(suppliers)
        return try ExampleOrganisation.read(.object(document))
    }

    @Test("Its door is where it knows us, its words are for the requester, and it is written as it was read")
    func export() throws {
        let mapping = JSONObject([("sites", .object(JSONObject([("MNL", "AMS"), ("*", "SIN")])))])
        let organisation = try organisation([("mapping", .object(mapping))])
        let supplier = organisation.suppliers[0]
        #expect(supplier.connector.webhook?.url == "https://desk.manila.example/supplier/v1/oslo/events")
        #expect(supplier.connector.terms.secrets == ["to-manila", "from-manila"])
        #expect(supplier.mapping.notes == .public && supplier.fields.isEmpty)
        #expect(supplier.mapping.site("MNL") == "AMS" && supplier.mapping.site(nil) == "SIN")
        #expect(organisation.json["suppliers"]?[0]?["mapping"] == .object(mapping))
        #expect(try ExampleOrganisation.read(organisation.json).suppliers == organisation.suppliers)
    }

    @Test("What a word of theirs for a category may mean here is looked up in both directions")
    func categories() throws {
        let mapping = JSONObject([("categories", .object(JSONObject([("network", "lan"), ("vpn", "lan")])))])
        let supplier = try organisation([("mapping", .object(mapping))]).suppliers[0]
        #expect(supplier.mapping.categories("lan") == ["network", "vpn", "lan"])
        #expect(supplier.mapping.categories("printing") == ["printing"])
        #expect(supplier.mapping.site("MNL") == nil)
    }

    @Test("A site of ours that there is not is a fault of the document")
    func unknownSite() throws {
        let mapping = JSONObject([("sites", .object(["MNL": "XXX"]))])
        let fault = #expect(throws: (any Error).self) { _ = try organisation([("mapping", .object(mapping))]) }
        #expect("\(fault as Any)".contains("/suppliers/0/mapping/sites/MNL"))
    }
}
