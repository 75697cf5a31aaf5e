import DeskStore
import DeskTestSupport
import Glibc
import LocalCluster
import PostgresTestSupport
import Runtime
import Sockets
import Testing

extension RealProcessTests {
    @Suite("A program that is told to stop twice", .timeLimit(.minutes(1)))
    struct StopTests {
        @Test("ends at once with 143, although a job hangs and its grace is long")
        func twice() async throws {
            try await RunningDesk.withFolder { folder in
                try await TestDatabase.with(template: TestDesk.template) { own in
                    // A server for mail that takes connections and says nothing.
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
                            try await Self.stopTwice(own, folder: folder, mailAt: mute.address, once: isConnected)
                        }
                        while try await group.next() != nil {}
                    }
                }
            }
        }

        private static func stopTwice(
            _ own: TestDatabase, folder: String, mailAt address: SocketAddress, once isConnected: StopSignal
        ) async throws {
            let store = DeskStore(own.database, timekeeper: SystemTime(), zones: TestDesk.zones)
            _ = try await store.accept(TestDesk.submission())
            let settings = ProgramSettings(
                ports: try DeskPorts(), folder: folder, connection: own.connection, secrets: [:],
                masterKey: RunningDesk.newMasterKey())
            var environment = settings.environment(of: .routingWorker)
            environment["MERIDIAN_SMTP"] = "smtp://\(address)"
            let isTold = StopSignal()
            let worker = try await ChildProcess.start(
                ChildProgram(try ProgramName.routingWorker.executable, [], environment: environment),
                onLine: { _, line in if line.contains("told to stop signal") { isTold.raise() } })
            await isConnected.wait()
            worker.send(SIGTERM)
            await isTold.wait()
            let asked = ContinuousClock.now
            worker.send(SIGTERM)
            #expect(await worker.exit() == .code(143))
            #expect(ContinuousClock.now - asked < .seconds(10), "the grace is twenty-five")
        }
    }
}
