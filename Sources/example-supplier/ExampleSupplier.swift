import HTTP
import Runtime
import Sockets

/// Plays the suppliers of the example organisation: acknowledges a ticket, asks a question about it, and resolves it
/// when the answer comes. For tests and the quick start, not for operation.
@main
enum ExampleSupplier {
    struct Settings: Sendable {
        let listen: ListenAddress
        let desk: String
        let state: String
        let work: Duration
        let accounts: [String: Account]
    }

    static func main() async {
        let options = Options.read(Array(CommandLine.arguments.dropFirst()))
        await Launch.run(
            program: Program(
                "example-supplier",
                "plays the suppliers of the example organisation.\nUsage: example-supplier [--listen ADDRESS:PORT] "
                    + "[--desk URL] [--state FILE] [--work MILLISECONDS]"),
            arguments: options.rest, reader: SettingsReader(lookup: options.value), settings: settings,
            services: { settings, resources in
                let file = try await WorkbookFile(settings.state, offload: resources.offload)
                let client = HTTPClient(
                    loops: resources.loops, resolver: Resolver(offload: resources.offload), tls: try TLSContext(),
                    rules: nil)
                let door = EventDoor(
                    accounts: settings.accounts, file: file, work: settings.work, log: resources.log)
                return [
                    HTTPServer(
                        try Listener.bind(settings.listen), router: door.router, loops: resources.loops,
                        log: resources.log, logsAccess: false),
                    Postman(
                        accounts: settings.accounts, file: file, desk: settings.desk, client: client, log: resources.log
                    ),
                ]
            })
    }

    private static func settings(_ reader: inout SettingsReader) throws(SettingsFaults) -> Settings {
        let listen = reader.read(
            Options.listen, default: .tcp(.v4(0x7F00_0001), port: 8090), shown: "127.0.0.1:8090",
            "Where it listens; also --listen.", ListenAddress.kind, ListenAddress.init)
        let desk = reader.read(
            Options.desk, default: "http://127.0.0.1:8080", "Where the desk is; also --desk.",
            "a URL such as http://127.0.0.1:8080"
        ) { text -> String? in
            let url = text.hasSuffix("/") ? String(text.dropLast()) : text
            return WebAddress(url + "/") == nil ? nil : url
        }
        let state = reader.read(
            Options.state, default: "example-supplier.json", "The file that keeps its work; also --state.",
            "the path of a file"
        ) { $0 }
        let work = reader.read(
            Options.work, default: Duration.milliseconds(2000), shown: "2000",
            "How long it thinks before it asks, and before it resolves; also --work.",
            "a number of milliseconds from 0 to 3600000"
        ) { text -> Duration? in
            guard let number = Int(text), (0...3_600_000).contains(number) else { return nil }
            return .milliseconds(number)
        }
        let accounts = Account.read(&reader)
        return try reader.finish {
            Settings(listen: listen, desk: desk, state: state, work: work, accounts: accounts)
        }
    }
}
