import BenchmarkSupport
import Desk
import DeskSchema
import DeskStore
import Foundation
import Glibc
import JSON
import LocalCluster
import Postgres
import Runtime
import Secrets
import Sockets
import TimeZones

/// An intake gateway as it is delivered, in a process of its own, at a desk with one ticket.
struct Gateway {
    let memory: ProcessMemory
    let client: FileClient
    private let process: ChildProcess

    /// Serves while `body` asks, and closes everything then.
    static func serving<Answer: Sendable>(
        _ cluster: BenchmarkCluster, largestFile: Int,
        _ body: @escaping @Sendable (FileClient, ProcessMemory) async throws -> Answer
    ) async throws -> Answer {
        guard let connection = ConnectionString(cluster.connection()) else {
            throw BenchmarkFault("the cluster's connection string cannot be read")
        }
        let loops = EventLoopGroup(count: 1)
        let database = Database(DatabaseConfiguration(connection), loops: loops)
        let (number, token) = try await found(database)
        await database.close()
        let gateway = try await start(
            under: connection.with("user", "meridian_intake").text, largestFile: largestFile, number, token, loops)
        let outcome: Result<Answer, any Error>
        do {
            outcome = .success(try await loops.next().run { try await body(gateway.client, gateway.memory) })
        } catch {
            outcome = .failure(error)
        }
        gateway.process.send(SIGTERM)
        _ = await gateway.process.exit()
        loops.shutdown()
        return try outcome.get()
    }

    private static func found(_ database: Database) async throws -> (number: String, token: Secrets.APIToken) {
        _ = try await Migrator(database, migrations: deskSchema).migrate(programNumber: .max)
        let store = DeskStore(database, timekeeper: SystemTime(), zones: TimeZones())
        // Tests/Benchmarks/files/Gateway.swift is four steps below the root.
        let root = (0..<4).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "Deploy/example/organisation.json"), encoding: .utf8)
        let organisation = try Organisation(json: JSON.parse(text)) { try store.zones.zone($0) }
        _ = try await store.apply(organisation, by: "the benchmark")
        try await database.run("select make_event_partition(current_date)")
        let ticket = try await store.accept(
            Submission(
                from: Contact(address: "kari@customer.example", language: "en"), subject: "A large log",
                text: "It comes with this.", channel: .api, site: nil))
        let token = Secrets.APIToken.random(prefix: "mer")
        try await store.addToken(
            name: "benchmark", digest: token.digest.bytes, scopes: ["tickets:read", "tickets:write"], site: nil,
            expiresAt: nil)
        return (ticket.ticket.number.description, token)
    }

    private static func start(
        under connection: String, largestFile: Int, _ number: String, _ token: Secrets.APIToken, _ loops: EventLoopGroup
    ) async throws -> Gateway {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: own).deletingLastPathComponent().appending(path: "intake-gateway").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw BenchmarkFault("\(path) is missing; run Deploy/bench files, which builds it")
        }
        let port = try FreePort.find()
        var environment = ChildProgram.ownEnvironment.filter { !$0.key.hasPrefix("MERIDIAN_") }
        environment.merge([
            "MERIDIAN_DATABASE": connection, "MERIDIAN_SECRET": "bench:\(Base64.encode(RandomBytes.make(32)))",
            "MERIDIAN_LOG": "json:warning", "MERIDIAN_METRICS": "127.0.0.1:0", "MERIDIAN_HTTP": "127.0.0.1:\(port)",
            "MERIDIAN_DOORS": "api", "MERIDIAN_LARGEST_FILE": "\(largestFile)",
        ]) { $1 }
        let process = try await ChildProcess.start(ChildProgram(path, environment: environment)) { _, line in
            Benchmark.say(line)
        }
        let address = SocketAddress.ip(.v4(0x7F00_0001), port: port)
        let end = ContinuousClock.now + .seconds(15)
        while true {
            let stream = try? await loops.next().run { try await ByteStream.connect(to: address, within: .seconds(1)) }
            if let stream {
                try await loops.next().run { stream.close() }
                break
            }
            guard ContinuousClock.now < end else { throw BenchmarkFault("the gateway does not listen") }
            try await SystemTime().wait(for: .milliseconds(50))
        }
        return Gateway(
            memory: ProcessMemory(process: process.id),
            client: FileClient(address: address, token: token.text, number: number), process: process)
    }
}
