import Administration
import Desk
import DeskStore
import DeskTestSupport
import Foundation
import JSON
import PostgresTestSupport
import Testing
import TimeZones

@Suite("An organisation document", .database(template: TestDesk.template))
struct OrganisationDocumentTests {
    @Test("that says what is in force changes nothing, and another name is one change")
    func changes() async throws {
        let desk = try TestDesk()
        let text = try TestDesk.exampleOrganisation().json.text
        let same = try OrganisationDocument(text, zones: TestDesk.zones)
        #expect(try await same.changes(in: desk.store).isEmpty)
        let renamed = text.replacing("\"Norrsken Group\"", with: "\"Sydlys Group\"")
        let other = try OrganisationDocument(renamed, zones: TestDesk.zones)
        let changes = try await other.changes(in: desk.store)
        #expect(changes.map(\.description) == ["~ /name: \"Norrsken Group\" -> \"Sydlys Group\""])
    }
}
