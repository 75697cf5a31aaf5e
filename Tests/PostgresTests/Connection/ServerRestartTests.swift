import FoundationEssentials
import LocalCluster
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("When the server goes away and comes back", .timeLimit(.minutes(5)))
struct ServerRestartTests {
    private func folder() throws -> String {
        let path = "/tmp/meridian-restart-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        // The server's user, who is another when we are root, must be able to pass through.
        try FileManager.default.setAttributes([.posixPermissions: 0o711], ofItemAtPath: path)
        return path
    }

    private func settings(in folder: String) -> ClusterSettings {
        ClusterSettings(
            dataDirectory: "\(folder)/data", socketDirectory: "\(folder)/socket", isDurable: true,
            sharedBuffers: "16MB", signalAtOurDeath: 3)
    }

    private func untilReachable(_ body: () async throws(DatabaseError) -> Int) async throws {
        while true {
            do {
                _ = try await body()
                return
            } catch  where error.reason == .unreachable {
                try await TestDatabase.loops.next().sleep(for: .milliseconds(10))
            }
        }
    }

    @Test(
        "callers fail soon and never hang, and everything goes on by itself afterwards",
        arguments: [
            LocalCluster.Manner.fast, .immediate,
        ])
    func restart(manner: LocalCluster.Manner) async throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cluster = try await LocalCluster.start(settings(in: folder))
        let string = try #require(ConnectionString(cluster.connection()))
        let database = Database(DatabaseConfiguration(string), loops: TestDatabase.loops)
        var events = database.notifications(on: "job").makeAsyncIterator()
        #expect(await events.next() == .connected)
        #expect(try await database.run("create table a (x int)") == 0)

        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                try await transaction.run("insert into a values (1)")
                await cluster.stop(manner)
                try await transaction.run("insert into a values (2)")
            }
        }
        #expect(error?.reason == .unreachable)
        let start = ContinuousClock.now
        for _ in 0..<20 {
            let away = await #expect(throws: DatabaseError.self) { try await database.run("insert into a values (3)") }
            #expect(away?.reason == .unreachable)
        }
        #expect(ContinuousClock.now - start < .seconds(10))

        let again = try await LocalCluster.start(settings(in: folder))
        #expect(await events.next() == .connected)
        try await untilReachable { () throws(DatabaseError) in try await database.run("insert into a values (4)") }
        #expect(try await database.all("select x from a", as: Int.self) == [4])
        await database.close()
        await again.stop(.immediate)
    }
}
