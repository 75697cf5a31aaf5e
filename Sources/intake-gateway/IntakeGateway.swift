import DeskProgram
import DeskWeb
import HTTP
import Intake
import Mail
import Portal
import Runtime
import Secrets
import Sockets
import SupplierPortal
import Suppliers
import Workspace

/// Every door of the desk: pages, the API, suppliers' systems and mail.
@main
enum IntakeGateway {
    static func main() async {
        await Launch.run(
            program: DeskProgram.program("intake-gateway", "takes in everything that reaches the desk."),
            settings: { (reader: inout SettingsReader) throws(SettingsFaults) -> GatewaySettings in
                try GatewaySettings.read(&reader)
            },
            services: { settings, resources in
                let desk = try await DeskProgram(settings.desk, resources)
                let watch = TicketWatch(desk.store)
                var services: [any Service] = [desk.health, Sweeper(desk.store, log: resources.log)]
                if settings.servesHTTP {
                    services.append(watch)
                    services.append(
                        HTTPServer(
                            try Listener.bind(settings.http), router: router(desk, settings, watch, resources),
                            loops: resources.loops, limits: settings.limits, proxies: settings.proxies,
                            hosts: settings.hosts, proxyProtocol: settings.proxyProtocol,
                            log: resources.log, metrics: resources.metrics))
                }
                if settings.doors.contains(.mail) {
                    let door = MailDoor(store: desk.store, keys: settings.desk.keys, log: resources.log)
                    services.append(
                        LMTPServer(
                            on: try Listener.bind(settings.lmtp), hostName: settings.hostName, loops: resources.loops,
                            peers: settings.mailPeers, log: resources.log, accept: { try await door.accept($0) },
                            deliver: { await door.deliver($0, $1) }))
                }
                return services
            })
    }

    private static func router(
        _ desk: DeskProgram, _ settings: GatewaySettings, _ watch: TicketWatch, _ resources: Launch.Resources
    ) -> Router {
        let website = Website(
            store: desk.store, keys: settings.desk.keys, publicURL: settings.desk.publicURL,
            reportsURL: settings.reportsURL, hasher: PasswordHasher(offload: resources.offload), log: resources.log)
        var router = Router(renderError: TroubleTicketDoor.renderer(over: website.errorRenderer))
        if !settings.doors.isDisjoint(with: [.portal, .workspace, .supplier]) { website.mount(on: &router) }
        let preview = ExchangePreview(desk.store, source: settings.desk.publicBase)
        if settings.doors.contains(.portal) { Portal(website).mount(on: &router) }
        if settings.doors.contains(.workspace) {
            let door = MailDoor(store: desk.store, keys: settings.desk.keys, log: resources.log)
            Workspace(
                website, watch: watch,
                preview: { try await preview.leaving($0, of: $1, to: $2, saying: $3, seeing: $4) },
                sortAnew: { try await door.replay($0, seeing: $1) }
            ).mount(on: &router)
        }
        if settings.doors.contains(.api) {
            let api = API(
                store: desk.store, keys: settings.desk.keys, largestFile: settings.largestFile,
                rate: settings.tokenRate, watch: watch,
                leaving: { try await preview.leaving($0, of: $1, to: $2, saying: $3, seeing: $4) })
            router.mount(api.door)
            router.mount(api.document)
        }
        if settings.doors.contains(.supplier) {
            router.mount(SupplierDoor(store: desk.store, secrets: desk.secrets, log: resources.log).door)
            router.mount(ListenerDoor(store: desk.store, secrets: desk.secrets).door)
            router.mount(
                TroubleTicketDoor(
                    store: desk.store, base: settings.desk.publicBase, rate: settings.tokenRate, log: resources.log
                ).door)
            SupplierPortal(website, keys: settings.desk.keys).mount(on: &router)
        }
        return router
    }
}
