import DeskSchema
import Foundation
import Postgres
import PostgresTestSupport
import Testing

@Suite("The desk's migrations")
struct DeskSchemaTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/Assets/migrations")

    @Test("Every file is among them, once and as it is, and they are numbered without a gap")
    func files() throws {
        var scripts: [String] = []
        for part in ["desk", "jobs"] {
            let files = try FileManager.default.contentsOfDirectory(
                at: Self.folder.appending(path: part), includingPropertiesForKeys: nil)
            scripts += try files.filter { $0.pathExtension == "sql" }.map {
                try String(contentsOf: $0, encoding: .utf8)
            }
        }
        #expect(deskSchema.map(\.script).sorted() == scripts.sorted())
        #expect(deskSchema.map(\.number) == Array(1...deskSchema.count))
        #expect(Set(deskSchema.map(\.name)).count == deskSchema.count)
    }

    @Test("They run on an empty database, and a second time there is nothing left to do", .database)
    func twice() async throws {
        let migrator = Migrator(try TestDatabase.current, migrations: deskSchema)
        #expect(try await migrator.migrate(programNumber: 1).map(\.number) == deskSchema.map(\.number))
        #expect(try await migrator.migrate(programNumber: 1) == [])
        try await migrator.check(programNumber: 1)
    }

    @Test("No program of the desk may change tables, and none reads passwords that it has no use for", .database)
    func roles() async throws {
        let database = try TestDatabase.current
        try await Migrator(database, migrations: deskSchema).migrate(programNumber: 1)
        for role in ["meridian_intake", "meridian_routing", "meridian_supplier", "meridian_reporting"] {
            let mayCreate = try await database.first(
                "select has_schema_privilege(\(role)::text, 'public', 'create')", as: Bool.self)
            #expect(mayCreate == false, "\(role)")
        }
        for role in ["meridian_routing", "meridian_supplier"] {
            let mayRead = try await database.first(
                "select has_table_privilege(\(role)::text, 'account', 'select')", as: Bool.self)
            #expect(mayRead == false, "\(role)")
        }
    }
}
