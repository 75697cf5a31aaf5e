import Desk
import DeskMail
import DeskStore
import DeskTestSupport
import HTTP
import Intake
import Jobs
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Reporting
import Routing
import Runtime
import Secrets
import Sockets
import Suppliers

/// The four programs' work in one process: each with its own database role, all with one time that the test moves.
struct Scenario: Sendable {
    let time: ManualTime
    let keys = MasterKeys(id: "test", key: .random())
    let intake: DeskStore
    let routing: DeskStore
    let supplier: DeskStore
    let reporting: DeskStore
    /// Those outside: the mail server that carries letters on, and the suppliers' systems.
    let outside: Outside

    private init(outside: Outside) throws {
        let (own, time) = (try TestDatabase.own, ManualTime(TestDesk.monday))
        func store(_ role: String) -> DeskStore {
            DeskStore(own.open(as: role) { $0.poolSize = 3 }, timekeeper: time, zones: TestDesk.zones)
        }
        (intake, routing) = (store("meridian_intake"), store("meridian_routing"))
        (supplier, reporting) = (store("meridian_supplier"), store("meridian_reporting"))
        (self.time, self.outside) = (time, outside)
    }

    /// Makes a desk whose suppliers are within reach, and lends it.
    static func run(_ body: (Scenario) async throws -> Void) async throws {
        let outside = try Outside()
        try await outside.run {
            let scenario = try Scenario(outside: outside)
            let operators = try TestDesk()
            _ = try await operators.store.apply(outside.organisation(), by: "the tests")
            let secrets = SecretStore(operators.store, keys: scenario.keys)
            for supplier in try await operators.store.directory().organisation.suppliers {
                for name in supplier.connector.terms.secrets {
                    try await secrets.set(name, to: Array(Outside.secret.text.utf8))
                }
            }
            try await body(scenario)
            for store in [scenario.intake, scenario.routing, scenario.supplier, scenario.reporting] {
                await store.database.close()
            }
        }
    }

    var mailDoor: MailDoor { MailDoor(store: intake, keys: keys, log: .silent) }

    /// Lets the workers do all there is to do at this moment, and the figures be counted.
    func settle() async throws {
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { stop.raise() }
            for worker in try workers() {
                group.addTask(executorPreference: TestDatabase.loops.next()) { try await worker.run(until: stop) }
            }
            let open: SQL = "select count(*) from jobs.job where state <> 'dead'"
            while try await TestDatabase.current.first(open, as: Int.self) != 0 {
                try await TestDatabase.loops.next().sleep(for: .milliseconds(5))
            }
            stop.raise()
            try await group.waitForAll()
        }
        while try await SummaryKeeper(reporting).fold() > 0 {}
    }

    private func workers() throws -> [JobWorker] {
        let resolver = Resolver(offload: Offload(width: 1))
        let smarthost = SMTPClient(
            try Smarthost("smtp://127.0.0.1:\(outside.mailPort)"), clientName: "desk.example", resolver: resolver,
            tls: nil)
        let http = HTTPClient(
            loops: TestDatabase.loops, resolver: resolver, tls: try TLSContext(),
            rules: OutboundRules(allowing: [CIDR("127.0.0.0/8")].compactMap(\.self)))
        let composer = LetterComposer(keys: keys, publicURL: "https://desk.example")
        let routingJobs = RoutingHandlers(
            routing, composer: composer, client: smarthost, metrics: Metrics(), log: .silent)
        let supplierJobs = JobRegistry([
            DeliverMessageHandler(
                supplier, secrets: SecretStore(supplier, keys: keys), client: http, source: "https://desk.example",
                log: .silent
            ).handler,
            ReadReceiptHandler(supplier, log: .silent).handler,
        ])
        // Jobs are due by the database's clock, whatever the desk's own time is.
        return [
            JobWorker(
                JobRegistry(routingJobs.all), database: routing.database, settings: JobWorkerSettings(name: "routing")),
            JobWorker(supplierJobs, database: supplier.database, settings: JobWorkerSettings(name: "suppliers")),
        ]
    }

    /// Tells of the deadlines that are due at this moment; how many there were.
    func fireDeadlines() async throws -> Int {
        try await DeadlineWatch(routing, sites: nil, metrics: Metrics(), log: .silent).fire()
    }
}
