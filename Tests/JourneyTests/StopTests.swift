import DeskStore
import DeskTestSupport
import Glibc
import Jobs
import LocalCluster
import Postgres
import PostgresTestSupport
import Runtime
import Sockets
import Testing

extension RealProcessTests {
    @Suite("A program that is told to stop while a job hangs", .timeLimit(.minutes(5)))
    struct StopTests {
        @Test("gives the job back when its grace is over, without having used up an attempt, and ends with 0")
        func once() async throws {
            try await Self.withHangingLetter(["MERIDIAN_GRACE": "2"]) { worker, _, desk in
                worker.send(SIGTERM)
                #expect(await worker.exit() == .code(0))
                let left = try await desk.database.all(
                    "select state, attempt from jobs.job where kind = \(SendLetter.kind)", as: (String, Int).self)
                #expect(!left.isEmpty && left.allSatisfy { $0 == ("ready", 0) }, "\(left)")
                #expect(try await desk.database.first("select count(*) from jobs.worker", as: Int.self) == 0)
            }
        }

        @Test("ends at once with 143 when it is told twice, although its grace is long")
        func twice() async throws {
            try await Self.withHangingLetter { worker, isTold, _ in
                worker.send(SIGTERM)
                await isTold.wait()
                let asked = ContinuousClock.now
                worker.send(SIGTERM)
                #expect(await worker.exit() == .code(143))
                #expect(ContinuousClock.now - asked < .seconds(10), "the grace is twenty-five")
            }
        }

        /// Runs a worker, with these settings beside the usual, until it sends a letter to a server for mail that takes
        /// connections and says nothing. `body` gets it, what is raised once it has heard that it is to stop, and the
        /// database.
        private static func withHangingLetter(
            _ settings: [String: String] = [:],
            _ body: @escaping @Sendable (ChildProcess, StopSignal, TestDatabase) async throws -> Void
        ) async throws {
            try await RunningDesk.withFolder { folder in
                try await TestDatabase.with(template: TestDesk.template) { own in
                    let mute = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
                    let (isConnected, isOver) = (StopSignal(), StopSignal())
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask {
                            try await mute.serve(on: TestDatabase.loops, limit: 8, log: .silent, until: isOver) { _ in
                                isConnected.raise()
                                await isOver.wait()
                            }
                        }
                        group.addTask {
                            defer { isOver.raise() }
                            let isTold = StopSignal()
                            let worker = try await start(
                                own, folder: folder, mailAt: mute.address, settings, told: isTold)
                            await isConnected.wait()
                            try await body(worker, isTold, own)
                        }
                        while try await group.next() != nil {}
                    }
                }
            }
        }

        private static func start(
            _ own: TestDatabase, folder: String, mailAt address: SocketAddress, _ more: [String: String],
            told isTold: StopSignal
        ) async throws -> ChildProcess {
            let store = DeskStore(own.database, timekeeper: SystemTime(), zones: TestDesk.zones)
            _ = try await store.accept(TestDesk.submission())
            let settings = ProgramSettings(
                ports: try DeskPorts(), folder: folder, connection: own.connection, secrets: [:],
                masterKey: RunningDesk.newMasterKey())
            var environment = settings.environment(of: .routingWorker).merging(more) { _, given in given }
            environment["MERIDIAN_SMTP"] = "smtp://\(address)"
            return try await ChildProcess.start(
                ChildProgram(try ProgramName.routingWorker.executable, [], environment: environment),
                onLine: { _, line in if line.contains("told to stop signal") { isTold.raise() } })
        }
    }
}
