import Desk
import DeskSchema
import DeskTestSupport
import HTTP
import JSON
import LocalCluster
import Mail
import Postgres
import PostgresTestSupport
import Runtime
import Testing

extension RealProcessTests {
    @Suite("The database goes away and comes back")
    struct DatabaseAwayTests {
        @Test("Meanwhile every door says so in its own terms; nothing acknowledged is lost, and the journeys go on")
        func awayAndBack() async throws {
            let mail = try MailSender.message(0)
            try await Self.withDesk { desk, cluster, settings in
                try await desk.serve { desk in
                    let byRequest = try await Journey.begin(byRequest: "before", on: desk)
                    try await byRequest.hear(.routed)
                    await cluster.stop(.fast)
                    try await Self.expectRefusals(of: desk, mail: mail)

                    let again = try await LocalCluster.start(settings)
                    try await desk.untilReady()
                    let repeated = try await Journey.begin(byRequest: "before", on: desk)
                    #expect(repeated.number == byRequest.number, "the acknowledged request was kept")
                    let byMail = try await Journey.begin(by: mail, on: desk)
                    try await byMail.play()
                    try await byRequest.play()
                    try await Verdict(desk: desk, journeys: [byRequest, byMail]).check()
                    await again.stop(.immediate)
                }
            }
        }

        @Test("Programs that start before their database answer that it is away, and come to work when it comes")
        func startedBefore() async throws {
            let mail = try MailSender.message(0)
            try await Self.withDesk { desk, cluster, settings in
                await cluster.stop(.fast)
                try await desk.serve { desk in
                    for (program, port) in desk.ports.health {
                        _ = try await until("\(program.rawValue) lives") { try? await desk.health("livez", port) }
                    }
                    try await Self.expectRefusals(of: desk, mail: mail)
                    let again = try await LocalCluster.start(settings)
                    try await desk.untilReady()
                    let byMail = try await Journey.begin(by: mail, on: desk)
                    try await byMail.play()
                    try await Verdict(desk: desk, journeys: [byMail]).check()
                    #expect(desk.programs.values.allSatisfy { $0.starts == 1 })
                    await again.stop(.immediate)
                }
            }
        }

        /// A desk on a PostgreSQL of its own, that a test may end and start again with the same settings.
        private static func withDesk(
            _ body: (RunningDesk, LocalCluster, ClusterSettings) async throws -> Void
        ) async throws {
            try await RunningDesk.withFolder { folder in
                let settings = settings(in: folder)
                let cluster = try await LocalCluster.start(settings)
                let (database, connection) = try await makeDatabase(on: cluster)
                try await body(RunningDesk(database, at: connection, folder: folder), cluster, settings)
                await database.close()
            }
        }

        private static func settings(in folder: String) -> ClusterSettings {
            ClusterSettings(
                dataDirectory: "\(folder)/data", socketDirectory: "\(folder)/socket", isDurable: false,
                maxConnections: 60, sharedBuffers: "16MB", signalAtOurDeath: 3)
        }

        private static func makeDatabase(on cluster: LocalCluster) async throws -> (Database, ConnectionString) {
            let first = try #require(ConnectionString(cluster.connection()))
            let maker = Database(DatabaseConfiguration(first), loops: TestDatabase.loops)
            try await maker.run(script: "create database desk")
            await maker.close()
            let connection = try #require(ConnectionString(cluster.connection(database: "desk")))
            let database = Database(DatabaseConfiguration(connection), loops: TestDatabase.loops)
            try await Migrator(database, migrations: deskSchema).migrate(programNumber: .max)
            return (database, connection)
        }

        private static func expectRefusals(of desk: RunningDesk, mail: [UInt8]) async throws {
            let response = try await desk.client.once(
                .post, "/api/v1/tickets",
                ["subject": "Nobody is there", "text": "Really.", "requester": ["email": "els@customer.example"]])
            #expect(response.status == .serviceUnavailable && response.fields[.retryAfter] != nil)
            do {
                let replies = try await desk.mail.once(mail, to: "hjelp@oslo.norrsken.example")
                #expect(replies.map(\.code) == [451])
            } catch SMTPFailure.temporary(let reply) {
                #expect(reply.code == 451)
            }
            for (program, port) in desk.ports.health {
                let (ready, live) = (try await desk.health("readyz", port), try await desk.health("livez", port))
                #expect(ready == .serviceUnavailable && live == .ok, "\(program.rawValue)")
            }
        }
    }
}

extension RunningDesk {
    /// What a program says of itself.
    func health(_ path: String, _ port: UInt16) async throws -> Status {
        let address = try #require(WebAddress("http://127.0.0.1:\(port)/\(path)"))
        return try await client.client.send(Request(.get, to: address), within: .seconds(10)).status
    }

    /// Waits until the database answers us and each program says that it answers it.
    func untilReady() async throws {
        _ = try await until("the database answers") { try? await database.first("select 1", as: Int.self) }
        for (program, port) in ports.health {
            try await until("\(program.rawValue) is ready") { try await health("readyz", port) == .ok ? () : nil }
        }
    }
}
