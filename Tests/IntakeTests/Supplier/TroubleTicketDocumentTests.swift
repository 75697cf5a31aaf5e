import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import PostgresTestSupport
import Runtime
import Sockets
import Testing

@Suite("Docs/TroubleTickets.md", .database(template: TestDesk.template))
struct TroubleTicketDocumentTests {
    @Test("shows lines that work as they stand: a ticket from its taking on to its solution")
    func examples() async throws {
        let file = TestDesk.root.appending(path: "Docs/TroubleTickets.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let blocks = text.matches(of: /```sh\n((?:.|\n)*?)```/).map { String($0.1) }
        try #require(blocks.count == 3)
        let line = try await TroubleTicketLine()
        let (ticket, _) = try await line.referred()

        let listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        let address = "http://127.0.0.1:\(listener.address.port ?? 0)"
        let server = HTTPServer(listener, router: line.gateway.router, loops: TestDatabase.loops)
        let stop = StopSignal()
        async let served: Void = server.run(until: stop)
        let answer: BuiltProgram.Answer
        do {
            answer = try await BuiltProgram(at: "/bin/bash", ["-c", "set -euo pipefail\n" + blocks.joined()])
                .run([], environment: ["DESK": address, "TOKEN": line.token])
        } catch {
            stop.raise()
            throw error
        }
        stop.raise()
        try await served
        #expect(answer.status == 0, "\(answer.text) \(answer.errorText)")
        let view = try await line.view(ticket)
        #expect(view.bonds.map(\.theirReference) == ["F-77"] && view.bonds.map(\.state) == [.resolved])
        #expect(view.entries.flatMap(\.attachments).map(\.name) == ["rack.txt"])
        #expect(view.entries.suffix(2).map(\.text) == ["Which floor?", "A new cable."])
    }
}
