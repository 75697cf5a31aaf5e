public import BenchmarkSupport
public import Desk
import DeskSchema
public import DeskStore
import Foundation
import JSON
public import LocalCluster
import Postgres
public import Runtime
import Secrets
import TimeZones

/// A desk on a server of its own whose suppliers are given, and supplier workers in processes of their own, as they are
/// delivered.
public struct SupplierDesk: Sendable {
    public let store: DeskStore
    public let directory: Directory
    private let connection: String
    private let key: String

    /// A supplier as it stands in the organisation document, and the values of the secrets that it names.
    public struct Supplier {
        let members: [String: Any]
        let secrets: [String: String]

        public init(_ code: String, _ members: [String: Any], secrets: [String: String]) {
            let usual: [String: Any] = [
                "code": code, "name": code, "contact": "noc@\(code).example",
                "fields": ["subject", "description", "note", "message"],
            ]
            (self.members, self.secrets) = (usual.merging(members) { $1 }, secrets)
        }
    }

    /// Opens it: the example organisation, with other suppliers.
    public static func open(
        on cluster: BenchmarkCluster, suppliers: [Supplier], loops: EventLoopGroup
    ) async throws -> SupplierDesk {
        guard let connection = ConnectionString(cluster.connection()) else {
            throw BenchmarkFault("the cluster's connection string cannot be read")
        }
        let database = Database(DatabaseConfiguration(connection), loops: loops)
        _ = try await Migrator(database, migrations: deskSchema).migrate(programNumber: .max)
        let store = DeskStore(database, timekeeper: SystemTime(), zones: TimeZones())
        _ = try await store.apply(organisation(suppliers, store.zones), by: "the test")
        try await database.run("select make_event_partition(current_date)")
        let key = "test:\(Base64.encode(RandomBytes.make(32)))"
        let secrets = SecretStore(store, keys: try MasterKeys(parsing: key))
        for (name, value) in suppliers.flatMap(\.secrets) { try await secrets.set(name, to: Array(value.utf8)) }
        return SupplierDesk(
            store: store, directory: try await store.directory(),
            connection: connection.with("user", "meridian_supplier").text, key: key)
    }

    private static func organisation(_ suppliers: [Supplier], _ zones: TimeZones) throws -> Organisation {
        // Tests/SupplierDeskTestSupport/SupplierDesk.swift is three steps below the root.
        let root = (0..<3).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
        let file = root.appending(path: "Deploy/example/organisation.json")
        var document = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
        // They name the suppliers of the example.
        document["rates"] = nil
        document["suppliers"] = suppliers.map(\.members)
        let text = String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
        return try Organisation(json: JSON.parse(text)) { try zones.zone($0) }
    }

    /// Starts a worker.
    ///
    /// - Parameter settings: what differs from how it is delivered.
    public func startWorker(
        _ settings: [String: String] = [:], log: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> ChildProcess {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: own).deletingLastPathComponent().appending(path: "supplier-worker").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw BenchmarkFault("\(path) is missing; build it: swift build --product supplier-worker")
        }
        let needed = [
            "MERIDIAN_DATABASE": connection, "MERIDIAN_SECRET": key, "MERIDIAN_LOG": "json:warning",
            "MERIDIAN_METRICS": "127.0.0.1:0", "MERIDIAN_OUTBOUND_ALLOW": "127.0.0.0/8",
        ]
        var environment = ChildProgram.ownEnvironment.filter { !$0.key.hasPrefix("MERIDIAN_") }
        environment.merge(needed.merging(settings) { $1 }) { $1 }
        return try await ChildProcess.start(ChildProgram(path, environment: environment)) { _, line in log(line) }
    }

    public func supplier(_ code: String) throws -> SupplierID {
        guard let id = directory.suppliers[code] else { throw BenchmarkFault("there is no supplier \(code)") }
        return id
    }

    /// A new ticket that a supplier gets.
    public func referred(
        to code: String, saying words: String, with files: [Upload] = []
    ) async throws -> Ticket {
        let supplier = try supplier(code)
        let ticket = try await store.accept(
            Submission(
                from: Contact(address: "kari@customer.example", name: "Kari Nordmann", language: "nb"),
                subject: "The printer is on fire", text: "Smoke comes out of it.", channel: .web)
        ).ticket
        try await store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) {
            .routed($0.ticket.responsibility, rule: "test")
        }
        return try await say(words, with: files, on: ticket) { .referred(supplier, note: $0) }
    }

    /// Something that the desk says, with the event that it makes.
    @discardableResult
    public func say(
        _ words: String, with files: [Upload] = [], on ticket: Ticket,
        as event: @escaping @Sendable (EntryID) throws -> Ticket.Event
    ) async throws -> Ticket {
        let recording = Recording(by: .program, note: Note(words, visibility: .internal, uploads: files))
        return try await store.record(on: ticket.number, seeing: .desk, recording) { occasion in
            guard let entry = occasion.entry else { throw BenchmarkFault("the note was not kept") }
            return try event(entry)
        }.ticket
    }
}
