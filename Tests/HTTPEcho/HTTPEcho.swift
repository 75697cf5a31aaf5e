import HTTP
import Runtime
import Sockets

/// Answers every request with its own body, so that anybody can compare how it was understood. For tests only.
@main
enum HTTPEcho {
    struct Settings {
        let listen: ListenAddress
        let hosts: Set<String>
        let proxies: TrustedProxies
        let limits: ServerLimits
        let logsAccess: Bool
    }

    static func main() async {
        let options = SettingOptions(
            Array(CommandLine.arguments.dropFirst()),
            names: [
                "--listen": "HTTP_ECHO_LISTEN", "--hosts": "HTTP_ECHO_HOSTS", "--body": "HTTP_ECHO_BODY",
                "--proxies": "HTTP_ECHO_PROXIES", "--connections": "HTTP_ECHO_CONNECTIONS",
                "--access-log": "HTTP_ECHO_ACCESS_LOG",
            ])
        await Launch.run(
            program: Program(
                "http-echo",
                "answers every request with its own body, on the server that the desk's programs use.\n"
                    + "Usage: http-echo [--listen ADDRESS:PORT] [--hosts NAMES] [--body BYTES]"),
            arguments: options.rest, reader: SettingsReader(lookup: options.value), settings: read,
            services: { settings, resources in
                [
                    HTTPServer(
                        try Listener.bind(settings.listen), router: Router(Door(endpoints: EchoEndpoints.all())),
                        loops: resources.loops, limits: settings.limits, proxies: settings.proxies,
                        hosts: settings.hosts.isEmpty ? .any : ServedHosts(settings.hosts), log: resources.log,
                        logsAccess: settings.logsAccess, metrics: resources.metrics, time: resources.time)
                ]
            })
    }

    private static func read(_ reader: inout SettingsReader) throws(SettingsFaults) -> Settings {
        let listen = reader.read(
            "HTTP_ECHO_LISTEN", default: .tcp(.v4(0x7F00_0001), port: 8_080), shown: "127.0.0.1:8080",
            "Where it listens; also --listen.", ListenAddress.kind, ListenAddress.init)
        let hosts = reader.read(
            "HTTP_ECHO_HOSTS", default: Set<String>(), shown: "any",
            "The hosts that it answers for, with commas between; also --hosts.", "host names"
        ) { Set($0.split(separator: ",").map(String.init)) }
        // A request for an https address over an open line is refused unless a proxy sends it that may; a suite on the
        // same machine is taken for one.
        let proxies = reader.read(
            "HTTP_ECHO_PROXIES", default: ["127.0.0.0/8", "::1"].compactMap { CIDR($0) }, shown: "127.0.0.0/8,::1",
            "The addresses of trusted proxies; also --proxies.", "a list of addresses and blocks, or nothing"
        ) { text -> [CIDR]? in
            let blocks = text.split(separator: ",").map { CIDR($0) }
            return blocks.contains { $0 == nil } ? nil : blocks.compactMap { $0 }
        }
        var limits = ServerLimits()
        limits.message.body = reader.read(
            "HTTP_ECHO_BODY", default: limits.message.body, "Largest body in bytes; also --body.", "a number", Int.init)
        limits.connectionsPerAddress = reader.read(
            "HTTP_ECHO_CONNECTIONS", default: limits.connectionsPerAddress,
            "Most connections of one address; also --connections.", "a number", Int.init)
        let logsAccess = reader.flag(
            "HTTP_ECHO_ACCESS_LOG", default: false, "Whether each request is a line in the log; also --access-log.")
        return try reader.finish {
            Settings(
                listen: listen, hosts: hosts, proxies: TrustedProxies(proxies), limits: limits, logsAccess: logsAccess)
        }
    }
}
