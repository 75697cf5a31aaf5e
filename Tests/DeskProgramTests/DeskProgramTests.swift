import DeskProgram
import DeskSchema
import HTTP
import Moments
import Postgres
import PostgresTestSupport
import Secrets
import Sockets
import TallyTestSupport
import Testing

@testable import Runtime

@Suite("What every program of the desk stands on", .database, .timeLimit(.minutes(5)))
struct DeskProgramTests {
    private let time = ManualTime(Moment(seconds: 1_772_442_000))

    private func resources(log: Log = .silent) -> Launch.Resources {
        Launch.Resources(
            program: DeskProgram.program("test", "is tested."), loops: TestDatabase.loops, offload: Offload(width: 1),
            log: log, metrics: Metrics(), time: time, grace: .seconds(25), stopping: StopSignal())
    }

    private func settings() throws -> DeskSettings {
        let key = Base64.encode(Array(repeating: 7, count: 32))
        let environment = [
            "MERIDIAN_DATABASE": try TestDatabase.own.connection.text, "MERIDIAN_SECRET": "test:\(key)",
            "MERIDIAN_METRICS": "127.0.0.1:0", "MERIDIAN_PUBLIC_URL": "https://desk.example/",
        ]
        var reader = SettingsReader { environment[$0] }
        let settings = reader.desk(program: "test", metricsPort: 9101)
        return try reader.finish { settings }
    }

    @Test(
        "Until its tables are there its database is shut and says why; then it opens, and needs nobody to start it anew"
    )
    func schema() async throws {
        let told = Tally<String>()
        let sink = LogSink.calling { line in
            let text = String(decoding: line, as: UTF8.self)
            if text.contains("the tables are there") { told.note(text) }
        }
        let program = try await DeskProgram(settings(), resources(log: Log(service: "test", to: sink)))
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await program.health.run(until: stop) }
            // It has looked in vain, and waits to look again.
            await time.untilAsleep()
            let error = await #expect(throws: DatabaseError.self) {
                try await program.database.first("select 1", as: Int.self)
            }
            #expect(error?.isTransient == true)
            #expect(error?.report.contains("run deskctl migrate") == true)
            try await Migrator(TestDatabase.current, migrations: deskSchema).migrate(programNumber: 1)
            time.advance(by: .seconds(1))
            await told.reaches(1)
            #expect(try await program.database.first("select 1", as: Int.self) == 1)
            stop.raise()
            try await group.waitForAll()
        }
        await program.database.close()
    }

    @Test("A database of a newer release ends the program with a sentence that says what to do")
    func newer() async throws {
        let database = try TestDatabase.current
        try await Migrator(database, migrations: deskSchema).migrate(programNumber: 1)
        try await database.run(
            """
            insert into schema_migration (number, name, script, oldest_program)
            values (9999, 'later', '', \(DeskProgram.number + 1))
            """)
        let (settings, resources) = (try settings(), resources())
        let fault = await #expect(throws: MigrationFault.self) { try await DeskProgram(settings, resources) }
        #expect(fault?.description.contains("Install the newer release") == true)
    }

    @Test("All faults of the common settings are told at once")
    func faults() {
        let environment = ["MERIDIAN_METRICS": "nowhere", "MERIDIAN_PUBLIC_URL": "desk", "MERIDIAN_SECRET": "x"]
        var reader = SettingsReader { environment[$0] }
        _ = reader.desk(program: "test", metricsPort: 9101)
        let faults = #expect(throws: SettingsFaults.self) { try reader.finish { DeskSettings?.none } }
        for name in environment.keys + ["MERIDIAN_DATABASE"] {
            #expect(faults?.faults.contains { $0.hasPrefix(name) } == true, "\(name)")
        }
    }
}
