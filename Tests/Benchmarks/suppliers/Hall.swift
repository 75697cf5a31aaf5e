import BenchmarkSupport
import Desk
import DeskStore
import Foundation
import Jobs
import LocalCluster
import Moments
import Postgres
import Runtime
import Secrets
import SupplierDeskTestSupport
import SupplierTestSupport

/// A desk with fifty suppliers, each with some tickets, and one worker.
final class Hall {
    private let desk: SupplierDesk
    private let suppliers: Suppliers
    private var exchanges: [Exchange]
    private var next = 0

    static let suppliers = 50
    static let ticketsOfEach = 8
    /// The one that hangs at times.
    private static let hanging = "s0"

    /// An exchange with a supplier, and how many messages it has had.
    struct Exchange: Sendable {
        let bond: Int64
        let supplier: String
        let site: String
        var sequence = 1
    }

    private init(_ desk: SupplierDesk, _ suppliers: Suppliers, _ exchanges: [Exchange]) {
        (self.desk, self.suppliers, self.exchanges) = (desk, suppliers, exchanges)
    }

    static func open(_ cluster: BenchmarkCluster, _ body: (Hall) async throws -> Void) async throws {
        let loops = EventLoopGroup(count: 1)
        let systems = try Suppliers(loops: loops)
        let secret = WebhookSecret.random().text
        let names = (0..<suppliers).map { "s\($0)" }
        let desk = try await SupplierDesk.open(
            on: cluster,
            suppliers: names.map { name in
                let members: [String: Any] = [
                    "connector": "webhook", "url": "\(systems.server.url)/\(name)/events",
                    "secrets": ["outgoing": ["secret": "all"], "incoming": ["secret": "all"]],
                ]
                return SupplierDesk.Supplier(name, members, secrets: ["all": secret])
            }, loops: loops)
        Benchmark.say("\(suppliers * ticketsOfEach) tickets are referred to \(suppliers) suppliers")
        for _ in 0..<ticketsOfEach {
            for name in names { _ = try await desk.referred(to: name, saying: "Please look at it.") }
        }
        let exchanges = try await desk.store.database.all(
            """
            select b.id, s.code, t.code from supplier_ticket b join supplier s on s.id = b.supplier
            join ticket on ticket.id = b.ticket join site t on t.id = ticket.site order by b.id
            """, as: (Int64, String, String).self
        ).map { Exchange(bond: $0.0, supplier: $0.1, site: $0.2) }
        try await systems.server.run {
            let hall = Hall(desk, systems, exchanges)
            // That one does not answer in time it need not say.
            let worker = try await desk.startWorker(["MERIDIAN_LOG": "json:error"]) { Benchmark.say($0) }
            try await hall.untilCarried(within: .seconds(120))
            try await body(hall)
            worker.send(SIGTERM)
            _ = await worker.exit()
        }
        await desk.store.database.close()
    }

    /// What came of messages that were left one after the other.
    struct Run: Sendable {
        /// How many a second the suppliers had while they were left.
        var rate: Double
        /// How long each was on its way to a supplier that does not hang, in milliseconds.
        var waits: [Double]
    }

    /// Leaves messages evenly, each for the next supplier, however long those before it take.
    func carry(perSecond rate: Int, for span: Duration) async throws -> Run {
        let pause = Duration.milliseconds(50)
        let begun = SystemTime().now
        var left: [(id: UUID, supplier: String, at: Moment)] = []
        for step in 0..<Int(span / pause) {
            let wait = (begun + pause * step).duration(since: SystemTime().now)
            if wait > .zero { try await SystemTime().wait(for: wait) }
            left += try await leave(rate / Int(.seconds(1) / pause))
        }
        let end = SystemTime().now
        let others = left.filter { $0.supplier != Self.hanging }
        try await until(within: .seconds(60)) {
            let arrivals = self.suppliers.arrivals
            return others.allSatisfy { arrivals[$0.id.uuidString.lowercased()] != nil }
        }
        let arrivals = suppliers.arrivals
        let times = others.compactMap { arrivals[$0.id.uuidString.lowercased()] }
        let waits = zip(times, others).map { $0.duration(since: $1.at) / .milliseconds(1) }
        let whole = Double(left.count) / Double(others.count)
        return Run(
            rate: Double(times.count { $0 <= end }) * whole / (end.duration(since: begun) / .seconds(1)), waits: waits)
    }

    /// Leaves so many at once; answers with how many a second are carried from the first one to the last.
    func drain(_ count: Int) async throws -> Double {
        var left: [UUID] = []
        let worker = try await desk.store.database.transaction { (transaction: borrowing Transaction) in
            for _ in 0..<count { left.append(try await self.leaveOne(on: transaction, at: SystemTime().now).id) }
            return left.count
        }
        try await untilCarried(within: .seconds(120))
        let arrivals = suppliers.arrivals
        let times = left.compactMap { arrivals[$0.uuidString.lowercased()] }
        guard times.count == worker, let first = times.min(), let last = times.max() else {
            throw BenchmarkFault("\(times.count) of \(count) messages came")
        }
        return Double(count) / (last.duration(since: first) / .seconds(1))
    }

    /// Has one supplier hang meanwhile, and be well again afterwards.
    func whileHanging<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        suppliers.hang(Self.hanging)
        let answer = try await body()
        suppliers.hang(nil)
        // What its messages wait for is over.
        try await until(within: .seconds(60)) {
            try await self.desk.store.database.first(
                "select not exists (select from jobs.job where kind = 'supplier.deliver' and state = 'running')",
                as: Bool.self) ?? false
        }
        try await desk.store.resume(desk.supplier(Self.hanging), Self.hanging)
        try await desk.store.database.run("update jobs.job set due = now() where state = 'ready'")
        try await untilCarried(within: .seconds(120))
        return answer
    }

    private func leave(_ count: Int) async throws -> [(id: UUID, supplier: String, at: Moment)] {
        let now = SystemTime().now
        return try await desk.store.database.transaction { (transaction: borrowing Transaction) in
            var left: [(id: UUID, supplier: String, at: Moment)] = []
            for _ in 0..<count {
                let (id, supplier) = try await self.leaveOne(on: transaction, at: now)
                left.append((id, supplier, now))
            }
            return left
        }
    }

    /// Leaves a message in the next exchange, as an answer of the desk does.
    private func leaveOne(
        on transaction: borrowing Transaction, at now: Moment
    ) async throws -> (id: UUID, supplier: String) {
        let place = next % exchanges.count
        next += 1
        exchanges[place].sequence += 1
        let (exchange, id) = (exchanges[place], UUID())
        transaction.later(
            """
            insert into supplier_message (uuid, supplier_ticket, sequence, kind, created_at)
            values (\(id), \(exchange.bond), \(exchange.sequence), 'answer', \(now))
            """)
        try await transaction.enqueue(
            DeliverSupplierMessage(bond: exchange.bond), site: exchange.site, group: exchange.supplier,
            key: DeliverSupplierMessage.key(of: exchange.bond))
        return (id, exchange.supplier)
    }

    private func untilCarried(within limit: Duration) async throws {
        try await until(within: limit) {
            try await self.desk.store.database.first(
                "select not exists (select from jobs.job where kind = 'supplier.deliver')", as: Bool.self) ?? false
        }
    }

    private func until(within limit: Duration, _ isThere: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + limit
        while try await !isThere() {
            guard ContinuousClock.now < end else { throw BenchmarkFault("it is not over after \(limit)") }
            try await SystemTime().wait(for: .milliseconds(100))
        }
    }
}
