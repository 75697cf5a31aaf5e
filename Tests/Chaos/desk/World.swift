import BenchmarkSupport
import Desk
import DeskMail
import DeskSchema
import DeskStore
import HTTP
import Intake
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
    let holidays: HolidayWatch
    /// What the programs say of what goes wrong.
    let complaints: Complaints
    /// Where mail comes in, and the same for an operator, who releases what was parked.
    let door: MailDoor
    let operatorsDoor: MailDoor
    /// What the workers do.
    let crew: Workshop
    let keys = MasterKeys(id: "chaos", key: SecretKey(bytes: Array(repeating: 7, count: 32)))
    let chance: @Sendable () -> UInt64
    let loops: EventLoopGroup
    private let connection: ConnectionString

    /// How many connections each program has.
    static let connections = 3

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
            Self.store(as: role, connection, loops, time, zones)
        }
        (self.time, self.outside, self.chance, self.complaints) = (time, outside, chance, complaints)
        operators = store()
        (intake, routing) = (store(as: "meridian_intake"), store(as: "meridian_routing"))
        (supplier, reporting) = (store(as: "meridian_supplier"), store(as: "meridian_reporting"))
        figures = SummaryKeeper(reporting, metrics: metrics, log: log)
        deadlines = DeadlineWatch(routing, sites: nil, metrics: metrics, log: log)
        automation = AutomationWatch(routing, sites: nil, metrics: metrics, log: log)
        shifts = ShiftWatch(routing, log: log)
        holidays = HolidayWatch(routing, client: try outside.client(), log: log)
        (self.loops, self.connection) = (loops, connection)
        door = MailDoor(store: intake, keys: keys, log: log)
        operatorsDoor = MailDoor(store: operators, keys: keys, log: log)
        crew = try Workshop(
            routing: routing, supplier: supplier, outside: outside, keys: keys, loops: loops, log: log)
    }

    /// Makes the tables, and the time of the queue that of the simulation.
    func prepare() async throws {
        let database = operators.database
        _ = try await Migrator(database, migrations: deskSchema).migrate(programNumber: .max)
        try await database.run(script: Stage.script)
        try await advance(to: time.now)
    }

    /// Sets the secrets with which suppliers are spoken to.
    func setSecrets() async throws {
        let secrets = SecretStore(operators, keys: keys)
        for supplier in try await operators.directory().organisation.suppliers {
            for name in supplier.connector.terms.secrets {
                try await secrets.set(name, to: Array(Outside.secret.text.utf8))
            }
        }
    }

    func advance(to moment: Moment) async throws {
        time.advance(to: moment)
        try await operators.database.run("select setval('chaos.present', \(time.now.microseconds))")
    }

    /// A store of a program of its own.
    ///
    /// - Parameter name: how its connections are called; the stage has its own way with some.
    func store(as role: String, named name: String) -> DeskStore {
        Self.store(as: role, named: name, connection, loops, time, zones)
    }

    private static func store(
        as role: String?, named name: String = "", _ connection: ConnectionString, _ loops: EventLoopGroup,
        _ time: ManualTime, _ zones: TimeZones
    ) -> DeskStore {
        var configuration = DatabaseConfiguration(role.map { connection.with("user", $0) } ?? connection)
        (configuration.poolSize, configuration.programName) = (connections, name)
        return DeskStore(Database(configuration, loops: loops), timekeeper: time, zones: zones)
    }

    func close() async {
        for store in [operators, intake, routing, supplier, reporting] { await store.database.close() }
    }
}
