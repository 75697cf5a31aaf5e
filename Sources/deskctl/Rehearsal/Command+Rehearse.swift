import DeskStore
import Foundation
import HTTP
import Mail
import Moments
import Postgres
import Runtime
import Secrets
import Sockets
import TimeZones

extension Command {
    static let rehearse = Command(
        words: ["rehearse"], summary: "Play the journeys of two tickets through a running example desk",
        details: """
            Sends a mail and a request, hands each on to the second line and to an example supplier, resolves it and
            looks for both in the report, all through the doors of a desk that runs as `deskctl up --example`. Prints
            each stop with its time, and ends with "journey: ok" or with the stop that failed.
            """,
        options: [.data, .value("--ports-from", "N", "as given to deskctl up")]
    ) { invocation in
        let connection = try DeskConnection(invocation)
        let first: UInt16? = try invocation.number("--ports-from", in: 1024...UpPorts.lastFirst)
        let ports = first.map(UpPorts.init(from:)) ?? UpPorts()
        let folder = UpFolder(invocation.value("--data"))
        return try await connection.withDatabase { database in
            let store = DeskStore(database, timekeeper: SystemTime(), zones: TimeZones())
            let rehearsal = try await rehearsal(store: store, ports: ports, folder: folder)
            do {
                try await rehearsal.run()
            } catch let failure as Rehearsal.Failed {
                throw CommandFault("\(failure).", advice: "the log of deskctl up.", status: ExitStatus(rawValue: 1))
            }
            Terminal.write("journey: ok", to: .output)
            return .success
        }
    }

    private static func rehearsal(store: DeskStore, ports: UpPorts, folder: UpFolder) async throws -> Rehearsal {
        guard let password = try? String(contentsOfFile: folder.examplePassword, encoding: .utf8) else {
            throw CommandFault(
                "no example desk has run on \(folder.path).", advice: "deskctl up --example --data \(folder.path)",
                status: .noInput)
        }
        let token = APIToken.random(prefix: "mer")
        try await store.addToken(
            name: "deskctl rehearse \(store.timekeeper.now.rfc3339)", digest: token.digest.bytes,
            scopes: ["tickets:read", "tickets:write"], site: nil,
            expiresAt: store.timekeeper.now + .seconds(3600))
        let (loops, resolver) = (EventLoopGroup(count: 1), Resolver(offload: Offload(width: 1)))
        let client = HTTPClient(loops: loops, resolver: resolver, tls: try TLSContext(), rules: nil)
        return Rehearsal(
            api: DeskAPI(client: client, base: "http://localhost:\(ports.gateway)", token: token.text),
            mail: SMTPClient(
                try Smarthost("lmtp://127.0.0.1:\(ports.lmtp)"), clientName: "mx.customer.example", resolver: resolver,
                tls: nil),
            manager: WebVisitor(client: client, base: "http://localhost:\(ports.reporting)"),
            timekeeper: store.timekeeper,
            password: password.trimmingCharacters(in: .whitespacesAndNewlines)
        ) { stop, took, seen in
            let (seconds, fraction) = took.components
            let time = "\(seconds).\(String(fraction / 100_000_000_000_000_000)) s"
            Terminal.write("\(Table.padded(time, to: 8))\(Table.padded(stop, to: 52))\(seen)", to: .output)
        }
    }
}
