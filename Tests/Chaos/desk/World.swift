import BenchmarkSupport
import Desk
import DeskMail
import DeskSchema
import DeskStore
import HTTP
import Jobs
import Mail
import Moments
import Postgres
import Reporting
import Routing
import Runtime
import Secrets
import Sockets
import Suppliers
import TimeZones

/// The work of all programs in one process: each with its own database role, all with one time that the simulation
/// moves, jobs one after the other.
final class World: Sendable {
    let time: ManualTime
    let zones = TimeZones()
    let outside: Outside
    /// The operator, who may do anything, and the programs.
    let operators: DeskStore
    let intake: DeskStore
    let routing: DeskStore
    let supplier: DeskStore
    let reporting: DeskStore
    let figures: SummaryKeeper
    let deadlines: DeadlineWatch
    let automation: AutomationWatch
    let shifts: ShiftWatch
    /// What the programs say of what goes wrong.
    let complaints: Complaints
    private let keys = MasterKeys(id: "chaos", key: SecretKey(bytes: Array(repeating: 7, count: 32)))
    private let registries: [(JobRegistry, Database)]
    private let chance: @Sendable () -> UInt64

    /// How many connections each program has.
    static let connections = 3
    /// How long nobody misses a worker that is gone; those that go on have all the time there is.
    static let lease = Duration.seconds(30)
    private static let longest = Duration.seconds(50 * 365 * 86_400)

    init(
        _ cluster: BenchmarkCluster, loops: EventLoopGroup, outside: Outside, at start: Moment,
        chance: @escaping @Sendable () -> UInt64
    ) throws {
        guard let connection = ConnectionString(cluster.connection()) else {
            throw ChaosFault("the cluster's connection string cannot be read")
        }
        let (time, zones) = (ManualTime(start), zones)
        let (complaints, metrics) = (Complaints(), Metrics())
        let log = complaints.log(time)
        func store(as role: String? = nil) -> DeskStore {
            var configuration = DatabaseConfiguration(role.map { connection.with("user", $0) } ?? connection)
            configuration.poolSize = Self.connections
            return DeskStore(Database(configuration, loops: loops), timekeeper: time, zones: zones)
        }
        (self.time, self.outside, self.chance, self.complaints) = (time, outside, chance, complaints)
        operators = store()
        (intake, routing) = (store(as: "meridian_intake"), store(as: "meridian_routing"))
        (supplier, reporting) = (store(as: "meridian_supplier"), store(as: "meridian_reporting"))
        figures = SummaryKeeper(reporting, metrics: metrics, log: log)
        deadlines = DeadlineWatch(routing, sites: nil, metrics: metrics, log: log)
        automation = AutomationWatch(routing, sites: nil, metrics: metrics, log: log)
        shifts = ShiftWatch(routing, log: log)
        let resolver = Resolver(offload: Offload(width: 1))
        let smarthost = SMTPClient(
            try Smarthost("smtp://127.0.0.1:\(outside.mailPort)"), clientName: "desk.example", resolver: resolver,
            tls: nil)
        let client = HTTPClient(
            loops: loops, resolver: resolver, tls: try TLSContext(),
            rules: OutboundRules(allowing: [CIDR("127.0.0.0/8")].compactMap(\.self)))
        let composer = LetterComposer(keys: keys, publicURL: "https://desk.example")
        let routingJobs = JobRegistry([
            RouteTicketHandler(routing).handler, ResolveChildrenHandler(routing).handler,
            CloseSilentTicketHandler(routing).handler, ResumeTicketHandler(routing).handler,
            RehomeTicketsHandler(routing).handler, ReleaseTicketsHandler(routing).handler,
            FollowTermsHandler(routing, log: log).handler,
            RunAutomationHandler(routing, metrics: metrics, log: log).handler,
            SettleMergeHandler(routing).handler, RefreshAccessHandler(routing).handler,
            SendLetterHandler(routing, composer: composer, client: smarthost, log: log).handler,
        ])
        let supplierJobs = JobRegistry([
            DeliverMessageHandler(
                supplier, secrets: SecretStore(supplier, keys: keys), client: client, source: "https://desk.example",
                log: log
            ).handler,
            ReadReceiptHandler(supplier, log: log).handler,
        ])
        registries = [(routingJobs, routing.database), (supplierJobs, supplier.database)]
    }

    /// Makes the tables, and the time of the queue that of the simulation.
    func prepare() async throws {
        let database = operators.database
        _ = try await Migrator(database, migrations: deskSchema).migrate(programNumber: .max)
        try await database.run(script: Self.stage)
        try await advance(to: time.now)
    }

    /// Sets the secrets with which suppliers are spoken to.
    func setSecrets() async throws {
        let secrets = SecretStore(operators, keys: keys)
        for supplier in try await operators.directory().organisation.suppliers {
            try await secrets.set(supplier.outgoingSecret, to: Array(Outside.secret.text.utf8))
        }
    }

    func advance(to moment: Moment) async throws {
        time.advance(to: moment)
        try await operators.database.run("select setval('chaos.present', \(time.now.microseconds))")
    }

    /// Workers that begin now, one for each program that has jobs.
    ///
    /// - Parameter isDoomed: whether they are going to leave without a word.
    func steppers(isDoomed: Bool = false) async throws -> [JobStepper] {
        var steppers: [JobStepper] = []
        for (registry, database) in registries {
            var settings = JobWorkerSettings(name: "chaos")
            settings.lease = isDoomed ? Self.lease : Self.longest
            (settings.now, settings.chance) = ({ [time] in time.now }, chance)
            let stepper = JobStepper(registry, database: database, settings: settings, log: complaints.log(time))
            try await stepper.begin()
            steppers.append(stepper)
        }
        return steppers
    }

    func close() async {
        for store in [operators, intake, routing, supplier, reporting] { await store.database.close() }
    }

    /// The queue takes its time from the database's clock when a job is left; here that is the simulation's. A fuse
    /// makes one commit among many fail: sequences are counted on even where a transaction is rolled back.
    private static let stage = """
        create schema chaos;
        create sequence chaos.present;
        create function chaos.date() returns trigger language plpgsql security definer as $$
        declare
            present timestamptz := timestamptz 'epoch'
                + (select last_value from chaos.present) * interval '1 microsecond';
        begin
            if new.due = new.enqueued_at then new.due := present; end if;
            new.enqueued_at := present;
            return new;
        end
        $$;
        create trigger date before insert on jobs.job for each row execute function chaos.date();
        create sequence chaos.passed;
        create table chaos.fuse (at bigint, kind text);
        insert into chaos.fuse values (0, 'none');
        create function chaos.blow() returns trigger language plpgsql security definer as $$
        declare
            kind text := (select f.kind from chaos.fuse f where f.at = nextval('chaos.passed'));
        begin
            if kind = 'cut' then perform pg_terminate_backend(pg_backend_pid()); end if;
            if kind = 'conflict' then raise exception 'a conflict was made' using errcode = '40001'; end if;
            if kind = 'fail' then raise exception 'a failure was made' using errcode = 'XX001'; end if;
            return null;
        end
        $$;
        create constraint trigger blow after insert or update on ticket deferrable initially deferred
            for each row execute function chaos.blow();
        create constraint trigger blow after insert or update on delivery deferrable initially deferred
            for each row execute function chaos.blow();
        create constraint trigger blow after insert or update on supplier_receipt deferrable initially deferred
            for each row execute function chaos.blow();
        """
}
