import DeskProgram
import DeskStore
import DeskWeb
import HTTP
import Postgres
import Reporting
import Runtime
import Secrets
import Sockets

/// Counts what happens to tickets and shows the figures to those who lead a desk.
@main
enum ReportingService {
    struct Settings {
        let desk: DeskSettings
        let listener: ListenAddress
        let proxies: TrustedProxies
        let limits: ServerLimits
        let hosts: ServedHosts
        let proxyProtocol: Bool
        let tokenRate: Int
        /// Where figures are read, if not where everything else is: a replica nearby.
        let figures: ConnectionString?
    }

    static func main() async {
        await Launch.run(
            program: DeskProgram.program(
                "reporting-service", "counts what happens to tickets and shows the figures of the desk."),
            settings: { (reader: inout SettingsReader) throws(SettingsFaults) -> Settings in
                let desk = reader.desk(program: "reporting-service", metricsPort: 9104)
                let listener = reader.read(
                    "MERIDIAN_HTTP", default: .tcp(nil, port: 8081), "Where the report pages are.", ListenAddress.kind,
                    ListenAddress.init)
                let proxies = reader.trustedProxies()
                let limits = reader.serverLimits()
                let hosts = reader.servedHosts(publicURL: desk?.publicURL)
                let proxyProtocol = reader.proxyProtocol()
                let tokenRate = reader.tokenRate()
                let figures = reader.secret(
                    "MERIDIAN_REPORTING_DATABASE", isRequired: false,
                    "The database that figures are read from, such as a replica; without it, the first.",
                    "a libpq connection string, such as postgresql://user@replica/name", ConnectionString.init)
                return try reader.finish {
                    desk.map {
                        Settings(
                            desk: $0, listener: listener, proxies: proxies, limits: limits, hosts: hosts,
                            proxyProtocol: proxyProtocol, tokenRate: tokenRate, figures: figures)
                    }
                }
            },
            services: services)
    }

    private static func services(
        _ settings: Settings, _ resources: Launch.Resources
    ) async throws -> [any Service] {
        let listener = try Listener.bind(settings.listener)
        let desk = try await DeskProgram(settings.desk, resources)
        let website = Website(
            store: desk.store, keys: settings.desk.keys, publicURL: settings.desk.publicURL,
            hasher: PasswordHasher(offload: resources.offload), log: resources.log)
        var router = Router(renderError: website.errorRenderer)
        website.mount(on: &router)
        Reports(website, figures: figures(settings, desk, resources), rate: settings.tokenRate).mount(on: &router)
        return [
            desk.health,
            SummaryKeeper(desk.store, metrics: resources.metrics, log: resources.log),
            HTTPServer(
                listener, router: router, loops: resources.loops, limits: settings.limits, proxies: settings.proxies,
                hosts: settings.hosts, proxyProtocol: settings.proxyProtocol,
                log: resources.log,
                metrics: resources.metrics, time: resources.time),
        ]
    }

    private static func figures(
        _ settings: Settings, _ desk: DeskProgram, _ resources: Launch.Resources
    ) -> Database {
        guard let replica = settings.figures else { return desk.database }
        var configuration = settings.desk.database
        configuration.connection = replica
        configuration.directConnection = nil
        return Database(configuration, loops: resources.loops, log: resources.log)
    }
}
