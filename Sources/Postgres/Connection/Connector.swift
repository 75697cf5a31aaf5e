import CPostgres
import Runtime

/// Makes connections to the first server of a list that accepts one and is of the kind that is wanted.
struct Connector: Sendable {
    let string: ConnectionString
    let configuration: DatabaseConfiguration
    let blocking: BlockingWork
    let exchanges: ExchangeCount
    let log: Log

    /// Connects from `loop`, on which it must be called.
    func connect(on loop: EventLoop) async throws(ConnectionAttempt.Failure) -> Connection {
        let hosts = await hostsWithAddresses()
        var reports: [String] = []
        for attributes in wantedAttributes {
            for host in hosts {
                do {
                    return try await connect(to: host, attributes: attributes, on: loop)
                } catch {
                    reports.append(error.report)
                }
            }
        }
        throw ConnectionAttempt.Failure(report: reports.joined(separator: "; "))
    }

    private func connect(
        to host: ConnectionString.Host, attributes: String, on loop: EventLoop
    ) async throws(ConnectionAttempt.Failure) -> Connection {
        if host.needsLookup { throw ConnectionAttempt.Failure(report: "the name \(host.name) has no address") }
        let attempt = ConnectionAttempt(loop: loop, deadline: .now + timeout)
        let handle = try await attempt.open(
            string.parameters(for: host, sessionAttributes: attributes, defaults: defaults), log: log)
        return Connection(
            handle, loop: loop, cancellations: blocking.cancellations, exchanges: exchanges,
            preparesStatements: configuration.usesPreparedStatements)
    }

    /// libpq can prefer a standby only within one list, and here every server is a list of its own.
    private var wantedAttributes: [String] {
        let wanted = string.value(of: "target_session_attrs") ?? "any"
        return wanted == "prefer-standby" ? ["standby", "any"] : [wanted]
    }

    private var timeout: Duration {
        guard let text = string.value(of: "connect_timeout"), let seconds = Int(text), seconds > 0 else {
            return configuration.connectTimeout
        }
        return .seconds(seconds)
    }

    /// What a connection has unless the connection string says otherwise: a dead peer is noticed within 15 seconds.
    private var defaults: [(String, String)] {
        [
            ("fallback_application_name", configuration.programName), ("client_encoding", "UTF8"),
            ("keepalives_idle", "5"), ("keepalives_interval", "3"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "15000"),
        ]
    }

    /// The servers with the addresses of their names, one entry for each address. libpq would block to look them up.
    private func hostsWithAddresses() async -> [ConnectionString.Host] {
        var found: [ConnectionString.Host] = []
        for host in string.hosts ?? [] {
            guard host.needsLookup else {
                found.append(host)
                continue
            }
            let name = host.name
            let places = (try? await blocking.lookups.run { try addresses(of: name) }) ?? []
            found += places.map { ConnectionString.Host(name: name, address: $0, port: host.port) }
            if places.isEmpty { found.append(host) }
        }
        return found
    }
}
