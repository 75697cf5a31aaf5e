import DeskMail
import DeskStore
import HTTP
import Jobs
import Mail
import Moments
import Postgres
import Routing
import Runtime
import Secrets
import Sockets
import Suppliers

/// What workers do: the handlers of the programs that have jobs, over the databases of these programs.
struct Workshop: Sendable {
    let registries: [(JobRegistry, Database)]

    init(
        routing: DeskStore, supplier: DeskStore, outside: Outside, keys: MasterKeys, loops: EventLoopGroup, log: Log
    ) throws {
        let resolver = Resolver(offload: Offload(width: 1))
        let smarthost = SMTPClient(
            try Smarthost("smtp://127.0.0.1:\(outside.mailPort)"), clientName: "desk.example", resolver: resolver,
            tls: nil)
        let client = try outside.client()
        let composer = LetterComposer(keys: keys, publicURL: "https://desk.example")
        let letters = SendLetterHandler(routing, composer: composer, client: smarthost, log: log)
        let routingJobs = JobRegistry([
            RouteTicketHandler(routing).handler, ResolveChildrenHandler(routing).handler,
            ResumeChildrenHandler(routing).handler, HoldPartsHandler(routing).handler,
            CloseSilentTicketHandler(routing).handler, ResumeTicketHandler(routing).handler,
            RehomeTicketsHandler(routing).handler, ReleaseTicketsHandler(routing).handler,
            FollowTermsHandler(routing, log: log).handler,
            RunAutomationHandler(routing, metrics: Metrics(), log: log).handler,
            SettleMergeHandler(routing).handler, RefreshAccessHandler(routing).handler,
            letters.handler, letters.retryHandler,
            SupplierLetterHandler(beside: letters, composer: composer.suppliers).handler,
        ])
        let supplierJobs = JobRegistry([
            DeliverMessageHandler(
                supplier, secrets: SecretStore(supplier, keys: keys), client: client, source: "https://desk.example",
                log: log
            ).handler,
            ReadReceiptHandler(supplier, log: log).handler,
            FetchFileHandler(supplier, secrets: SecretStore(supplier, keys: keys), client: client, log: log).handler,
        ])
        registries = [(routingJobs, routing.database), (supplierJobs, supplier.database)]
    }

    /// Workers that begin now, one for each program.
    ///
    /// - Parameter lease: how long nobody misses one that is gone.
    func steppers(
        lease: Duration, at time: ManualTime, log: Log, chance: @escaping @Sendable () -> UInt64
    ) async throws -> [JobStepper] {
        var steppers: [JobStepper] = []
        for (registry, database) in registries {
            var settings = JobWorkerSettings(name: "chaos")
            (settings.now, settings.chance, settings.lease) = ({ time.now }, chance, lease)
            let stepper = JobStepper(registry, database: database, settings: settings, log: log)
            try await stepper.begin()
            steppers.append(stepper)
        }
        return steppers
    }
}
