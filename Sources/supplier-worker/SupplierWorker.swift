import DeskProgram
import DeskStore
import HTTP
import Jobs
import Postgres
import Runtime
import Secrets
import Sockets
import Suppliers
import TimeZones

/// Carries tickets to suppliers, and their answers back.
@main
enum SupplierWorker {
    struct Settings {
        let desk: DeskSettings
        let worker: JobWorkerSettings
        let outbound: OutboundRules
    }

    /// How many messages are on their way at a time: most of that time is the suppliers'.
    private static let width = [DeliverSupplierMessage.queue: 32]

    static func main() async {
        await Launch.run(
            program: DeskProgram.program("supplier-worker", "carries tickets to suppliers and their answers back."),
            settings: { (reader: inout SettingsReader) throws(SettingsFaults) -> Settings in
                let desk = reader.desk(program: "supplier-worker", metricsPort: 9103)
                let worker = reader.jobWorker(name: "supplier-worker", width: width, grace: .seconds(25))
                let outbound = reader.read(
                    "MERIDIAN_OUTBOUND_ALLOW", default: OutboundRules(), shown: "none",
                    "Addresses that suppliers may be called at although they are private, or without encryption.",
                    "blocks of addresses separated by commas, such as 10.1.0.0/16,127.0.0.1/32", outboundRules)
                return try reader.finish { desk.map { Settings(desk: $0, worker: worker, outbound: outbound) } }
            },
            services: { settings, resources in
                let desk = try await DeskProgram(settings.desk, resources)
                let client = HTTPClient(
                    loops: resources.loops, resolver: Resolver(offload: resources.offload), tls: try TLSContext(),
                    rules: settings.outbound)
                let (store, secrets) = (desk.store, desk.secrets)
                let handlers =
                    [
                        DeliverMessageHandler(
                            store, secrets: secrets, client: client, source: settings.desk.publicBase,
                            width: settings.worker.concurrency(of: DeliverSupplierMessage.queue), log: resources.log
                        ).handler,
                        ReadReceiptHandler(store, log: resources.log).handler,
                        TellListenerHandler(
                            store, secrets: secrets, client: client, base: settings.desk.publicBase, log: resources.log
                        ).handler,
                        FetchFileHandler(
                            store, secrets: secrets, client: client,
                            width: settings.worker.concurrency(of: FetchSupplierFile.queue), log: resources.log
                        ).handler,
                    ]
                    + PollHandler(
                        store, secrets: secrets, client: client, base: settings.desk.publicBase, log: resources.log
                    ).handlers
                    + ReconcileHandler(store, secrets: secrets, client: client, log: resources.log).handlers
                let schedules = [
                    JobSchedule("supplier polls", try CronPattern("* * * * *"), in: .utc) { _ in PollSuppliers() },
                    JobSchedule("supplier comparison", try CronPattern("17 2 * * *"), in: .utc) { _ in
                        ReconcileSuppliers()
                    },
                ]
                return [desk.health, desk.worker(handlers, schedules: schedules, settings.worker, resources)]
            })
    }

    /// Nil unless every part is a block of addresses; a single address is a block of one.
    private static func outboundRules(_ text: String) -> OutboundRules? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let blocks = words.compactMap { word in
            let word = word.drop { $0 == " " }.prefix { $0 != " " }
            return CIDR(word)
        }
        return blocks.count == words.count ? OutboundRules(allowing: blocks) : nil
    }
}
