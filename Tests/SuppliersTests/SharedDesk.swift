import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Sockets
import TallyTestSupport
import Testing
import TimeZones

@testable import Suppliers

/// A desk whose suppliers are reached at a port of the test, and the supplier worker in the role it has in operation.
struct SharedDesk: Sendable {
    let desk: TestDesk
    /// As the worker sees it.
    let worker: TestDesk
    let directory: Directory
    let keys: MasterKeys
    private let marks = Tally<Int>()

    var store: DeskStore { desk.store }
    var time: ManualTime { desk.time }
    var database: Database { desk.store.database }

    init(port: UInt16 = 1, organisation changed: Organisation? = nil) async throws {
        (desk, worker) = (try TestDesk(), try TestDesk(as: "meridian_supplier"))
        keys = MasterKeys(id: "test", key: .random())
        let file = TestDesk.root.appending(path: "Deploy/example/organisation.json")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacingOccurrences(of: "127.0.0.1:8090", with: "127.0.0.1:\(port)")
        let organisation = try changed ?? Organisation(json: JSON.parse(text)) { try TestDesk.zones.zone($0) }
        _ = try await desk.store.apply(organisation, by: "the test")
        directory = try await desk.store.directory()
    }

    func supplier(_ code: String = "fjordnett") throws -> SupplierID { try #require(directory.suppliers[code]) }

    /// Sets the secrets with which the desk signs.
    func setSecrets() async throws {
        let secrets = SecretStore(store, keys: keys)
        for supplier in directory.organisation.suppliers {
            for name in supplier.connector.terms.secrets {
                try await secrets.set(name, to: Array(SupplierSystem.secret.text.utf8))
            }
        }
    }

    /// A ticket that a supplier has.
    ///
    /// - Parameters:
    ///   - files: what the requester sent with his words.
    ///   - noteFiles: what goes with the note.
    func referred(
        to code: String = "fjordnett", note: String = "Please look at it.", files: [Upload] = [],
        noteFiles: [Upload] = []
    ) async throws -> Ticket {
        let supplier = try supplier(code)
        var submission = TestDesk.submission()
        submission.uploads = files
        let ticket = try await store.accept(submission).ticket
        try await store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) {
            .routed($0.ticket.responsibility, rule: "test")
        }
        return try await record(on: ticket, note: note, files: noteFiles) { .referred(supplier, note: $0.entry) }
    }

    @discardableResult
    func record(
        on ticket: Ticket, note: String? = nil, files: [Upload] = [],
        _ event: @escaping @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> Ticket {
        time.advance(by: .seconds(60))
        let recording = Recording(by: .program, note: note.map { Note($0, visibility: .internal, uploads: files) })
        return try await store.record(on: ticket.number, seeing: .desk, recording, event: event).ticket
    }

    /// How the line to a supplier does.
    func line(_ code: String = "fjordnett") async throws -> SupplierLine {
        let supplier = try supplier(code)
        return try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.line(to: supplier)
        }
    }

    /// Lets a supplier see more.
    func allow(_ fields: [String], for code: String) async throws {
        var document = try #require(await store.organisation()?.json.object)
        let suppliers = try #require(document["suppliers"]?.array).map { json in
            guard var supplier = json.object, supplier["code"]?.string == code else { return json }
            supplier["fields"] = .array((supplier["fields"]?.array ?? []) + fields.map { .string($0) })
            return JSON.object(supplier)
        }
        document["suppliers"] = .array(suppliers)
        let organisation = try Organisation(json: .object(document)) { try TestDesk.zones.zone($0) }
        _ = try await store.apply(organisation, by: "the test")
    }

    func view(_ ticket: Ticket) async throws -> TicketView {
        try #require(await store.view(of: ticket.number, seeing: .desk, including: true))
    }

    /// Runs a supplier worker until `body` returns and what it has begun is done.
    ///
    /// - Parameters:
    ///   - later: how far ahead of the database's clock the worker is.
    ///   - connectors: with what suppliers' systems are asked.
    func work(
        allowing blocks: [String] = ["127.0.0.0/8"], later: Duration = .zero, asking connectors: Connectors,
        _ body: () async throws -> Void
    ) async throws {
        let client = HTTPClient(
            loops: TestDatabase.loops, resolver: Resolver(offload: Offload(width: 1)), tls: try TLSContext(),
            rules: OutboundRules(allowing: blocks.compactMap { CIDR($0) }))
        worker.time.advance(to: time.now)
        let secrets = SecretStore(worker.store, keys: keys)
        var polls = PollHandler(
            worker.store, secrets: secrets, client: client, base: "https://desk.example", log: .silent)
        polls.connectors = connectors
        var comparisons = ReconcileHandler(worker.store, secrets: secrets, client: client, log: .silent)
        comparisons.connectors = connectors
        var files = FetchFileHandler(worker.store, secrets: secrets, client: client, log: .silent)
        files.connectors = connectors
        let marks = marks
        let handlers = [
            DeliverMessageHandler(
                worker.store, secrets: secrets, client: client, source: "https://desk.example", log: .silent
            ).handler,
            ReadReceiptHandler(worker.store, log: .silent).handler, files.handler,
            TellListenerHandler(
                worker.store, secrets: secrets, client: client, base: "https://desk.example", log: .silent
            ).handler,
            JobHandler(for: Mark.self) { mark, _ in
                marks.note(mark.number)
                return .done
            },
        ]
        let registry = JobRegistry(handlers + polls.handlers + comparisons.handlers)
        var settings = JobWorkerSettings(name: "test")
        settings.time = ManualTime(Moment(seconds: 0))
        settings.concurrency = 1
        if later > .zero { settings.now = { SystemTime().now + later } }
        let jobs = JobWorker(registry, database: worker.store.database, settings: settings)
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { stop.raise() }
            group.addTask(executorPreference: TestDatabase.loops.next()) { try await jobs.run(until: stop) }
            try await body()
            stop.raise()
            try await group.waitForAll()
        }
    }

    /// Runs a supplier worker until it has been through all that is due.
    func workThrough(
        allowing blocks: [String] = ["127.0.0.0/8"], later: Duration = .zero,
        asking connectors: Connectors = Connectors()
    ) async throws {
        try await work(allowing: blocks, later: later, asking: connectors) {
            repeat {
                let number = marks.elements.count + 1
                try await database.transaction { _ = try await $0.enqueue(Mark(number: number)) }
                await marks.reaches(number)
            } while try await hasDueJobs(at: SystemTime().now + later)
        }
    }

    private func hasDueJobs(at moment: Moment) async throws -> Bool {
        let due = try await database.first(
            """
            select count(*) from jobs.job where kind like 'supplier.%'
                and (state = 'running' or state = 'ready' and due <= \(moment))
            """, as: Int.self)
        return due ?? 0 > 0
    }

    /// The unfinished jobs of the worker, the oldest first.
    func jobs() async throws -> [String] {
        try await database.all(
            "select state || ' ' || attempt from jobs.job where kind like 'supplier.%' order by id", as: String.self)
    }
}

/// Shows that a worker has come so far.
struct Mark: Job {
    static let kind: JobKind = "test.mark"
    static let queue: JobQueue = "suppliers"
    let number: Int
}
