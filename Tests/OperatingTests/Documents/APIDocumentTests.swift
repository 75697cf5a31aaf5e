import Desk
import DeskStore
import DeskTestSupport
import Foundation
import LocalCluster
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@Suite("Docs/API.md", .database(template: TestDesk.template))
struct APIDocumentTests {
    private let text: String

    init() throws { text = try String(contentsOf: TestDesk.root.appending(path: "Docs/API.md"), encoding: .utf8) }

    @Test("shows lines that work as they stand against a gateway: a ticket from its opening to its end")
    func examples() async throws {
        let blocks = text.matches(of: /```sh\n((?:.|\n)*?)```/).map { String($0.1) }
        try #require(blocks.count > 3)
        let store = try TestDesk(at: SystemTime().now).store
        let token = APIToken.random(prefix: "mer")
        try await store.addToken(
            name: "document", digest: token.digest.bytes, scopes: ["tickets:read", "tickets:write"], site: nil,
            expiresAt: nil)

        let gateway = try await LiveGateway.start()
        let script = "set -euo pipefail\n" + blocks.joined()
        let answer = try await BuiltProgram(at: "/bin/bash", ["-c", script])
            .run([], environment: ["DESK": gateway.address, "TOKEN": token.text])
        await gateway.stop()
        #expect(answer.status == 0, "\(answer.text) \(answer.errorText)")

        let tickets = try await store.tickets(TicketFilter(), limit: 10, seeing: .desk)
        #expect(tickets.map(\.ticket.state) == [.closed] && tickets.map(\.ticket.outcome) == [.solved])
        #expect(answer.text.contains("tunnel down"))
    }

    private static let areas = [
        "tickets", "articles", "people", "positions", "macros", "inbound-mail", "announcements",
    ]

    @Test("names exactly the endpoints that the gateway has")
    func endpoints() throws {
        let documented = text.matches(of: /\n\| `([A-Z]+) (\/api\/v1\/([a-z-]+)[^`]*)` \|/)
            .filter { Self.areas.contains(String($0.3)) }.map { "\($0.1) \($0.2)" }
        var written: Set<String> = []
        let folder = TestDesk.root.appending(path: "Sources/Intake/API")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift") {
            let source = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            for match in source.matches(of: /(?:Endpoint|writing)\(\s*\.([a-z]+), "(\/api\/v1\/[^"]*)"/) {
                let path = match.2.replacing(":ticket", with: "{number}").replacing(":position", with: "{code}")
                    .replacing(/:file|:question|:article|:person|:mail|:announcement/, with: "{id}")
                written.insert("\(match.1.uppercased()) \(path)")
            }
        }
        // What undoes something stands in the row of that, or in one of its own.
        #expect(Set(documented).isSubset(of: written))
        #expect(written.subtracting(documented).allSatisfy { $0.hasPrefix("DELETE ") })
    }
}

/// A gateway as a process of its own, on the database of the test that is running.
private struct LiveGateway {
    let process: ChildProcess
    let address: String

    static func start() async throws -> LiveGateway {
        let (port, metrics) = (try FreePort.find(), try FreePort.find())
        let (said, line) = AsyncStream.makeStream(of: String.self)
        let process = try await ChildProcess.start(
            ChildProgram(
                try BuiltProgram.path(of: "intake-gateway"),
                environment: [
                    "MERIDIAN_DATABASE": try TestDatabase.own.connection.with("user", "meridian_intake").text,
                    "MERIDIAN_SECRET": Operator.masterKey, "MERIDIAN_HTTP": "127.0.0.1:\(port)",
                    "MERIDIAN_METRICS": "127.0.0.1:\(metrics)", "MERIDIAN_DOORS": "api", "MERIDIAN_LOG": "text",
                ]),
            onLine: { line.yield($1) }, onExit: { _ in line.finish() })
        var last = ""
        for await text in said {
            last = text
            if text.contains("started") { return LiveGateway(process: process, address: "http://127.0.0.1:\(port)") }
        }
        throw NotStarted(last: last)
    }

    func stop() async {
        process.send(15)
        _ = await process.exit()
    }

    private struct NotStarted: Error {
        let last: String
    }
}
