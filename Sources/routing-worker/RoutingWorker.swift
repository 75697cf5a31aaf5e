import DeskMail
import DeskProgram
import DeskStore
import HTTP
import Jobs
import Mail
import Postgres
import Routing
import Runtime
import Secrets
import Sockets

/// Gives tickets to teams, runs their clocks, and tells people by mail.
@main
enum RoutingWorker {
    struct Settings {
        let desk: DeskSettings
        let worker: JobWorkerSettings
        let smarthost: Smarthost?
        let outbound: OutboundRules
    }

    static func main() async {
        await Launch.run(
            program: DeskProgram.program(
                "routing-worker", "gives tickets to teams, runs their clocks and tells people."),
            settings: { (reader: inout SettingsReader) throws(SettingsFaults) -> Settings in
                let desk = reader.desk(program: "routing-worker", metricsPort: 9102)
                let worker = reader.jobWorker(name: "routing-worker", grace: .seconds(25))
                let smarthost = reader.secret(
                    "MERIDIAN_SMTP", isRequired: false, "The server that takes mail out; without it, mail waits.",
                    "a URI such as smtp://localhost:25", Smarthost.init)
                let outbound = reader.outboundRules()
                return try reader.finish {
                    desk.map { Settings(desk: $0, worker: worker, smarthost: smarthost, outbound: outbound) }
                }
            },
            services: { settings, resources in
                let desk = try await DeskProgram(settings.desk, resources)
                let client = try settings.smarthost.map {
                    SMTPClient(
                        $0, clientName: "meridian", resolver: Resolver(offload: resources.offload),
                        tls: $0.security == .plain ? nil : try TLSContext(), log: resources.log)
                }
                let feeds = HTTPClient(
                    loops: resources.loops, resolver: Resolver(offload: resources.offload), tls: try TLSContext(),
                    rules: settings.outbound)
                let composer = LetterComposer(keys: settings.desk.keys, publicURL: settings.desk.publicBase)
                let handlers = RoutingHandlers(
                    desk.store, composer: composer, client: client, metrics: resources.metrics, log: resources.log)
                return [
                    desk.health,
                    DeadlineWatch(
                        desk.store, sites: settings.worker.sites, metrics: resources.metrics, log: resources.log),
                    AutomationWatch(
                        desk.store, sites: settings.worker.sites, metrics: resources.metrics, log: resources.log),
                    ShiftWatch(desk.store, log: resources.log),
                    MonthKeeper(desk.store, log: resources.log),
                    HolidayWatch(desk.store, client: feeds, log: resources.log),
                    ZoneWatch(desk.store, log: resources.log),
                    desk.worker(handlers.all, settings.worker, resources),
                ]
            })
    }
}
