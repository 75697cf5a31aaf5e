import BenchmarkSupport
import Desk
import DeskSchema
import DeskStore
import Foundation
import JSON
import LocalCluster
import Postgres
import Runtime
import Secrets
import TimeZones

/// A desk that keeps what comes in for good, with its gateway in a process of its own.
struct IntakeDesk {
    let database: Database
    let cluster: BenchmarkCluster
    let gateway: MeasuredProcess
    let doors: Doors
    let loops: EventLoopGroup

    static func open(_ cluster: BenchmarkCluster) async throws -> IntakeDesk {
        guard let connection = ConnectionString(cluster.connection()) else {
            throw BenchmarkFault("the cluster's connection string cannot be read")
        }
        // One for who measures: what is measured has loops of its own.
        let loops = EventLoopGroup(count: 1)
        let database = Database(DatabaseConfiguration(connection), loops: loops)
        _ = try await Migrator(database, migrations: deskSchema).migrate(programNumber: .max)
        let store = DeskStore(database, timekeeper: SystemTime(), zones: TimeZones())
        try await found(store)
        let token = Secrets.APIToken.random(prefix: "mer")
        try await store.addToken(
            name: "benchmark", digest: token.digest.bytes, scopes: ["tickets:read", "tickets:write"], site: nil,
            expiresAt: nil)
        // As in operation, it signs in under a role that sees no more than its work needs.
        let own = connection.with("user", "meridian_intake").text
        let gateway = try MeasuredProcess.start(["--serve"], environment: [MeasuredGateway.database: own])
        let ports = gateway.greeting.split(separator: " ").compactMap { UInt16($0) }
        guard ports.count == 3 else { throw BenchmarkFault("the gateway did not start") }
        return IntakeDesk(
            database: database, cluster: cluster, gateway: gateway, doors: Doors(ports: ports, token: token.text),
            loops: loops)
    }

    func close() async {
        gateway.stop()
        await database.close()
    }

    private static func found(_ store: DeskStore) async throws {
        // Tests/Benchmarks/intake/Desk.swift is four steps below the root.
        let root = (0..<4).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "Deploy/example/organisation.json"), encoding: .utf8)
        let organisation = try Organisation(json: JSON.parse(text)) { try store.zones.zone($0) }
        _ = try await store.apply(organisation, by: "the benchmark")
        try await store.database.run("select make_event_partition(current_date)")
    }

    /// Has the server write 2 GiB of its log. One that has been at work writes over what it wrote long ago; one that is
    /// new makes a file of zeros every 16 MiB, for which all who commit wait some tens of milliseconds.
    func useLog() async throws {
        for _ in 1...128 {
            try await database.run("select pg_logical_emit_message(false, 'benchmark', '')")
            try await database.run("select pg_switch_wal()")
        }
        try await database.run("checkpoint")
    }

    /// Processor time so far: of the gateway, and of PostgreSQL with all that it started.
    func processorSeconds() async throws -> (gateway: Double, database: Double) {
        let own = try ProcessFigures.processorSeconds(of: [gateway.id])
        // A server that has ended its sessions still counts them among its children that are gone.
        let backends = try await database.all(
            "select pid from pg_stat_activity where pid <> pg_backend_pid()", as: Int32.self)
        return (own, try ProcessFigures.processorSeconds(of: backends))
    }
}
