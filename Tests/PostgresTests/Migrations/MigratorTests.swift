import Postgres
import PostgresTestSupport
import Testing

@Suite("Migrating", .database, .timeLimit(.minutes(5)))
struct MigratorTests {
    private static let first = Migration(number: 1, name: "sites", script: "create table site (code text)")
    private static let second = Migration(
        number: 2, name: "tickets", script: "create table ticket (id int); insert into ticket values (1)")
    private static let index = Migration(
        number: 3, name: "index", script: "-- no transaction\ncreate index concurrently if not exists t on ticket (id)")

    private func migrator(_ migrations: [Migration]) throws -> Migrator {
        Migrator(try TestDatabase.current, migrations: migrations)
    }

    private func fault(_ body: () async throws -> Void) async throws -> String {
        do {
            try await body()
            return "none"
        } catch let fault as MigrationFault {
            return "\(fault)"
        }
    }

    @Test("runs what has not run, in order, and nothing twice")
    func runs() async throws {
        #expect(try await migrator([Self.first]).migrate(programNumber: 1) == [Self.first])
        let all = [Self.first, Self.second, Self.index]
        #expect(try await migrator(all).migrate(programNumber: 1) == [Self.second, Self.index])
        #expect(try await migrator(all).migrate(programNumber: 1) == [])
        try await migrator(all).check(programNumber: 1)
        #expect(try await TestDatabase.current.first("select count(*) from ticket", as: Int.self) == 1)
    }

    @Test("by ten processes at once happens once")
    func atOnce() async throws {
        let own = try TestDatabase.own
        let all = [Self.first, Self.second, Self.index]
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<10 {
                let database = own.open()
                group.addTask {
                    let count = try await Migrator(database, migrations: all).migrate(programNumber: 1).count
                    await database.close()
                    return count
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(counts.sorted() == [0, 0, 0, 0, 0, 0, 0, 0, 0, 3])
        #expect(try await own.database.first("select count(*) from ticket", as: Int.self) == 1)
    }

    @Test("refuses a migration that was edited after it had run")
    func edited() async throws {
        try await migrator([Self.first]).migrate(programNumber: 1)
        let edited = Migration(number: 1, name: "sites", script: "create table site (code text, name text)")
        let sentence = "Migration 1 (sites) was edited after it had run. Put it back and write a new one."
        #expect(try await fault { try await migrator([edited]).migrate(programNumber: 1) } == sentence)
        #expect(try await fault { try await migrator([edited]).check(programNumber: 9) } == sentence)
        #expect(try await migrator([edited]).status().map(\.isEdited) == [true])
    }

    @Test("is asked for by a program that finds migrations missing")
    func missing() async throws {
        let sentence = "The database lacks migration 1 (sites), 2 (tickets); run deskctl migrate."
        let both = [Self.first, Self.second]
        #expect(try await fault { try await migrator(both).check(programNumber: 1) } == sentence)
    }

    @Test("shuts out the programs that a migration names as too old")
    func tooOld() async throws {
        let breaking = Migration(
            number: 2, name: "rename", script: "-- Renames.\n-- oldest program: 7\nalter table site rename to place")
        try await migrator([Self.first, breaking]).migrate(programNumber: 7)
        try await migrator([Self.first]).check(programNumber: 7)
        let sentence =
            "The database needs programs of number 7 or newer, and this one is number 6. Install the newer release."
        #expect(try await fault { try await migrator([Self.first]).check(programNumber: 6) } == sentence)
        #expect(try await fault { try await migrator([Self.first]).migrate(programNumber: 6) } == sentence)
        let unreadable = Migration(number: 3, name: "odd", script: "-- oldest program: seven\nselect 1")
        let unread = try await fault {
            try await migrator([Self.first, breaking, unreadable]).migrate(programNumber: 7)
        }
        #expect(unread.contains("without a whole number"))
    }

    @Test("leaves nothing of a migration that fails, and keeps those before it")
    func fails() async throws {
        let broken = Migration(number: 2, name: "broken", script: "create table half (x int); select 1/0")
        let sentence = try await fault { try await migrator([Self.first, broken]).migrate(programNumber: 1) }
        #expect(sentence.hasPrefix("Migration 2 (broken) failed") && sentence.contains("division by zero"))
        let database = try TestDatabase.current
        #expect(try await database.first("select to_regclass('half') is null", as: Bool.self) == true)
        #expect(try await migrator([Self.first, broken]).status().map { $0.appliedAt != nil } == [true, false])
        #expect(try await migrator([Self.first, Self.second]).migrate(programNumber: 1) == [Self.second])
    }

    @Test("refuses a list that is out of order")
    func disordered() async throws {
        let sentence = try await fault { try await migrator([Self.second, Self.first]).migrate(programNumber: 1) }
        #expect(sentence == "Migration 1 (sites) is out of order: each number must be greater than the one before.")
    }

    @Test("tells where each migration stands, those of newer programs too")
    func status() async throws {
        try await migrator([Self.first, Self.second]).migrate(programNumber: 1)
        let status = try await migrator([Self.first, Self.index]).status()
        #expect(status.map(\.number) == [1, 2, 3])
        #expect(status.map(\.isOurs) == [true, false, true])
        #expect(status.map { $0.appliedAt != nil } == [true, true, false])
    }
}
