import DeskSchema
import Foundation
import LocalCluster
import Postgres
import PostgresTestSupport
import Synchronization
import Testing

@Suite("An older release on the database of a newer one", .database)
struct OlderReleaseTests {
    private static let sentence =
        "The database needs programs of number 9 or newer, and this one is number 1. Install the newer release."

    /// The executable, which the build puts beside the tests.
    private static var executable: String {
        get throws {
            let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(filePath: own).deletingLastPathComponent().appending(path: "deskctl").path
        }
    }

    @Test("is refused by each command that would migrate it, and nothing is changed", arguments: ["migrate", "up"])
    func refused(command: String) async throws {
        let database = try TestDatabase.own
        let ofNewer = Migration(
            number: 900, name: "newer", script: "-- oldest program: 9\ncreate table of_newer_programs (x int)")
        let before = Array(deskSchema.dropLast())
        try await Migrator(database.database, migrations: before + [ofNewer]).migrate(programNumber: 9)

        let folder = NSTemporaryDirectory() + "meridian-older-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let heard = Mutex<[String]>([])
        let environment = ["PATH": "/usr/bin:/bin", "MERIDIAN_DATABASE": database.connection.text]
        let process = try await ChildProcess.start(
            ChildProgram(
                try Self.executable, [command, "--data", folder] + (command == "up" ? ["--ports-from", "29000"] : []),
                environment: environment),
            onLine: { _, line in heard.withLock { $0.append(line) } })
        let end = await process.exit()
        let said = heard.withLock { $0.joined(separator: "\n") }
        #expect(!end.isSuccess, "\(said)")
        #expect(said.contains(Self.sentence), "\(said)")
        let count = try await TestDatabase.current.first("select count(*) from schema_migration", as: Int.self)
        #expect(count == before.count + 1)
    }
}
