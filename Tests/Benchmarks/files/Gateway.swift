import BenchmarkSupport
import Desk
import DeskSchema
import DeskStore
import Foundation
import HTTP
import Intake
import JSON
import Postgres
import Runtime
import Secrets
import Sockets
import TimeZones

/// The API of a desk with one ticket, on a port of this machine.
final class Gateway: Sendable {
    private let loops: EventLoopGroup
    private let database: Database
    private let server: HTTPServer
    private let client: FileClient

    private init(_ loops: EventLoopGroup, _ database: Database, _ server: HTTPServer, _ client: FileClient) {
        (self.loops, self.database, self.server, self.client) = (loops, database, server, client)
    }

    static func open(_ cluster: BenchmarkCluster, largestFile: Int) async throws -> Gateway {
        guard let connection = ConnectionString(cluster.connection()) else {
            throw BenchmarkFault("the cluster's connection string cannot be read")
        }
        let loops = EventLoopGroup(count: 2)
        let database = Database(DatabaseConfiguration(connection), loops: loops)
        _ = try await Migrator(database, migrations: deskSchema).migrate(programNumber: .max)
        let store = DeskStore(database, timekeeper: SystemTime(), zones: TimeZones())
        try await found(store)
        let ticket = try await store.accept(
            Submission(
                from: Contact(address: "kari@customer.example", language: "en"), subject: "A large log",
                text: "It comes with this.", channel: .api, site: nil))
        let token = Secrets.APIToken.random(prefix: "mer")
        try await store.addToken(
            name: "benchmark", digest: token.digest.bytes, scopes: ["tickets:read", "tickets:write"], site: nil,
            expiresAt: nil)
        let api = API(store: store, keys: MasterKeys(id: "bench", key: .random()), largestFile: largestFile)
        let listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        let server = HTTPServer(listener, router: Router(api.door), loops: loops)
        let client = FileClient(address: server.address, token: token.text, number: ticket.ticket.number.description)
        return Gateway(loops, database, server, client)
    }

    private static func found(_ store: DeskStore) async throws {
        // Tests/Benchmarks/files/Gateway.swift is four steps below the root.
        let root = (0..<4).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "Deploy/example/organisation.json"), encoding: .utf8)
        let organisation = try Organisation(json: JSON.parse(text)) { try store.zones.zone($0) }
        _ = try await store.apply(organisation, by: "the benchmark")
        try await store.database.run("select make_event_partition(current_date)")
    }

    /// Serves while `body` asks, and closes everything then.
    func serving<Answer: Sendable>(
        _ body: @escaping @Sendable (FileClient) async throws -> Answer
    ) async throws -> Answer {
        let stop = StopSignal()
        async let served: Void = server.run(until: stop)
        let outcome: Result<Answer, any Error>
        do {
            outcome = .success(try await loops.next().run { [client] in try await body(client) })
        } catch {
            outcome = .failure(error)
        }
        stop.raise()
        try await served
        await database.close()
        loops.shutdown()
        return try outcome.get()
    }
}
