import Administration
import Desk
import DeskStore
import DeskTestSupport
import Foundation
import JSON
import Postgres
import PostgresTestSupport
import Testing
import TimeZones

@Suite("The organisation document on its way in", .database(template: TestDesk.template))
struct OrganisationDocumentTests {
    private func text() throws -> String {
        try String(contentsOf: TestDesk.root.appending(path: "Deploy/example/organisation.json"), encoding: .utf8)
    }

    @Test("The document in force changes nothing, also when it was laid out anew")
    func same() async throws {
        let store = try TestDesk().store
        let document = try OrganisationDocument(text(), zones: TestDesk.zones)
        #expect(try await document.changes(in: store) == [])
        let exported = try #require(await store.organisation()).json.laidOut()
        #expect(try await OrganisationDocument(exported, zones: TestDesk.zones).changes(in: store) == [])
    }

    @Test("Each change is a line: what it was and what it will be, at its place; nothing is written by looking")
    func changes() async throws {
        let store = try TestDesk().store
        let edited = try text().replacing("\"Networks Amsterdam\"", with: "\"Netwerken\"")
            .replacing("\"Core network specialists\"", with: "\"Core\"")
        let changes = try await OrganisationDocument(edited, zones: TestDesk.zones).changes(in: store)
        #expect(
            changes.map(\.description) == [
                "~ /teams[ams-network]/name: \"Networks Amsterdam\" -> \"Netwerken\"",
                "~ /teams[sin-core]/name: \"Core network specialists\" -> \"Core\"",
            ])
        #expect(try await store.directory().version == 1)
    }

    @Test("On a new desk everything is new, and long values are cut")
    func new() async throws {
        let store = try TestDesk().store
        try await store.database.run("delete from organisation")
        let changes = try await OrganisationDocument(text(), zones: TestDesk.zones).changes(in: store)
        #expect(!changes.isEmpty)
        #expect(changes.allSatisfy { $0.description.hasPrefix("+ /") && $0.description.count < 200 })
        #expect(changes.contains { $0.description.hasSuffix("...") })
    }

    @Test("Every fault is named with its place, all of them at once")
    func faults() throws {
        let wrong = try text().replacing("\"Europe/Oslo\"", with: "\"Europe/Olso\"")
            .replacing("\"team\": \"ams-network\"", with: "\"team\": \"ams-netwerk\"")
        let faults = try #require(throws: JSONFaults.self) {
            _ = try OrganisationDocument(wrong, zones: TestDesk.zones)
        }
        let lines = faults.list.map(\.description)
        #expect(lines.contains { $0.hasPrefix("/sites/0/zone ") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("/calendars/oslo-office/zone ") }, "\(lines)")
        let unknownTeams = lines.filter { $0.contains("ams-netwerk") }
        #expect(unknownTeams.count >= 2, "\(lines)")
        #expect(throws: JSONSyntaxFault.self) { _ = try OrganisationDocument("{\"name\":", zones: TestDesk.zones) }
    }
}
