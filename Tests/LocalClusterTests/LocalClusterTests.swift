import Foundation
import Glibc
import PostgresTestSupport
import Synchronization
import Testing

@testable import LocalCluster

@Suite("A private PostgreSQL")
struct LocalClusterTests {
    /// A folder of its own around each test.
    private func inFolder(_ body: (String) async throws -> Void) async throws {
        var template = Array("/tmp/meridian-cluster-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        chmod(folder, 0o711)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private func settings(in folder: String, data: String = "data") -> ClusterSettings {
        ClusterSettings(
            dataDirectory: "\(folder)/\(data)", socketDirectory: "\(folder)/socket", isDurable: false,
            maxConnections: 10, sharedBuffers: "16MB", signalAtOurDeath: SIGQUIT)
    }

    /// Asks the server with its own client; the answer without blanks.
    private func ask(_ cluster: LocalCluster, _ question: String) async throws -> [String] {
        let answer = Mutex<[String]>([])
        let psql = try await PostgresBinaries.find().path("psql")
        let program = ChildProgram(psql, ["-XqAt", "-c", question, cluster.connection()])
        let status = try await ChildProcess.start(program) { _, line in answer.withLock { $0.append(line) } }.exit()
        #expect(status.isSuccess)
        return answer.withLock { $0 }
    }

    @Test("is made, keeps its data over a restart, and is used by one desk at a time")
    func life() async throws {
        try await inFolder { folder in
            let first = try await LocalCluster.start(settings(in: folder))
            #expect(try await ask(first, "create table kept (n int); insert into kept values (7)") == [])
            let fault = await #expect(throws: ClusterFault.self) {
                try await LocalCluster.start(self.settings(in: folder))
            }
            #expect(fault?.problem.hasPrefix("A desk already runs on the data in") == true)
            await first.stop()

            let second = try await LocalCluster.start(settings(in: folder))
            #expect(try await ask(second, "select n from kept") == ["7"])
            #expect(try await ask(second, "show server_encoding") == ["UTF8"])
            await second.stop(.immediate)
        }
    }

    @Test("of a crashed run is stopped before its data is used again")
    func stale() async throws {
        try await inFolder { folder in
            let abandoned = settings(in: folder)
            let first = try await LocalCluster.start(abandoned)
            await first.stop()
            // A server that nobody holds the lock for, as a killed parent would leave it.
            let program = ChildProgram(
                try await PostgresBinaries.find().path("postgres"), abandoned.serverArguments,
                user: try SystemUser.forServer(), signalAtOurDeath: SIGQUIT)
            let readiness = Readiness()
            let leftover = try await ChildProcess.start(program) { _, line in
                readiness.heard(line)
            } onExit: {
                readiness.ended($0)
            }
            try await readiness.wait()

            let second = try await LocalCluster.start(abandoned)
            #expect(await leftover.exit() == .code(0))
            #expect(try await ask(second, "select 1") == ["1"])
            await second.stop(.immediate)
        }
    }

    @Test("listens on 127.0.0.1 only where it is told to")
    func loopback() async throws {
        try await inFolder { folder in
            var wanted = settings(in: folder)
            wanted.port = try FreePort.find()
            #expect(FreePort.isFree(wanted.port))
            wanted.listensOnLoopback = true
            let cluster = try await LocalCluster.start(wanted)
            #expect(!FreePort.isFree(wanted.port))
            #expect(try await ask(cluster, "show listen_addresses") == ["127.0.0.1"])
            await cluster.stop(.immediate)
            #expect(FreePort.isFree(wanted.port))
        }
    }

    @Test("that cannot start says in the server's own words why")
    func refusedSetting() async throws {
        try await inFolder { folder in
            var wrong = settings(in: folder)
            wrong.sharedBuffers = "plenty"
            let fault = await #expect(throws: ClusterFault.self) { try await LocalCluster.start(wrong) }
            #expect(fault?.problem.contains("invalid value for parameter \"shared_buffers\": \"plenty\"") == true)
        }
    }

    @Test("is never made over files of another kind")
    func foreignFiles() async throws {
        try await inFolder { folder in
            let wanted = settings(in: folder)
            let user = try SystemUser.forServer()
            try PrivateFolder(path: wanted.dataDirectory, owner: user).make()
            try "precious".write(toFile: "\(wanted.dataDirectory)/letter", atomically: true, encoding: .utf8)
            let fault = await #expect(throws: ClusterFault.self) { try await LocalCluster.start(wanted) }
            #expect(fault?.problem.hasSuffix("holds files, but no PostgreSQL data.") == true)
            #expect(try String(contentsOfFile: "\(wanted.dataDirectory)/letter", encoding: .utf8) == "precious")
        }
    }

    @Test("is shared by all tests of a process, however many ask at once")
    func shared() async throws {
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await TestCluster.connection(database: "postgres") } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers.count == 1)
    }
}
