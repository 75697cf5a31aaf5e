import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Runtime
import Sockets
import Testing

@Suite("Events of a ticket as they happen", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct TicketEventStreamTests {
    /// A gateway that is reached over a socket and listens for what happens to tickets.
    private struct Served: Sendable {
        let gateway: TestGateway
        let address: SocketAddress
        let stop: StopSignal

        func follow(_ number: String, lastID: String? = nil, token: String? = nil) async throws -> EventReader {
            let stream = try await ByteStream.connect(to: address, within: .seconds(120))
            stream.setReadDeadline(after: .seconds(120))
            let fields = lastID.map { "Last-Event-ID: \($0)\r\n" } ?? ""
            try await stream.write(
                """
                GET /api/v1/tickets/\(number)/events HTTP/1.1\r
                Host: desk\r
                Authorization: Bearer \(token ?? gateway.token)\r
                Accept: text/event-stream\r
                Connection: close\r
                \(fields)\r

                """)
            return EventReader(stream)
        }
    }

    /// What comes on a stream.
    private final class EventReader: Sendable {
        private let stream: ByteStream

        init(_ stream: ByteStream) { self.stream = stream }

        /// All that comes up to and with the event of that revision, or to the end.
        func read(through revision: Int64? = nil) async throws -> String {
            var bytes: [UInt8] = []
            while try await stream.read(into: &bytes, atMost: 1) > 0 {
                guard bytes.last == UInt8(ascii: "\n") else { continue }
                let text = Self.lines(bytes)
                if let revision, text.hasSuffix("\n\n"), text.contains("id: \(revision)\n") { return text }
            }
            return Self.lines(bytes)
        }

        /// As lines, whatever ends those that frame the stream.
        private static func lines(_ bytes: [UInt8]) -> String {
            String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        }

        func close() { stream.close() }
    }

    private func serve(_ body: @escaping @Sendable (Served) async throws -> Void) async throws {
        let gateway = try await TestGateway()
        let watch = TicketWatch(gateway.desk.store)
        let loops = TestDatabase.loops
        let listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        let router = TestGateway.router(
            gateway.desk.store, keys: gateway.keys, secrets: gateway.secrets, watch: watch)
        let server = HTTPServer(listener, router: router, loops: loops)
        let (stop, watching) = (StopSignal(), StopSignal())
        async let watched: Void = watch.run(until: watching)
        async let served: Void = server.run(until: stop)
        let test = Served(gateway: gateway, address: server.address, stop: stop)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await loops.next().run { try await body(test) })
        } catch {
            outcome = .failure(error)
        }
        stop.raise()
        try await served
        watching.raise()
        try await watched
        try outcome.get()
    }

    private static func note(_ text: String, on number: String, _ gateway: TestGateway) async throws -> Int64 {
        let body = JSON.object(["text": text, "visibility": "internal"]).text
        let response = await gateway.send(.post, "/api/v1/tickets/\(number)/entries", body)
        try #require(response.status == .created, "\(response.text)")
        return try await last(of: number, gateway)
    }

    private static func last(of number: String, _ gateway: TestGateway) async throws -> Int64 {
        let events = await gateway.send(.get, "/api/v1/tickets/\(number)/events").document.array ?? []
        return try #require(events.last?["revision"]?.integer)
    }

    private static func ids(in text: String) -> [Int64] {
        text.split(separator: "\n").compactMap { $0.hasPrefix("id: ") ? Int64($0.dropFirst(4)) : nil }
    }

    private static func data(in text: String) -> [JSON] {
        text.split(separator: "\n").compactMap {
            $0.hasPrefix("data: ") ? try? JSON.parse(Array($0.utf8.dropFirst(6))) : nil
        }
    }

    @Test("Whoever follows gets what has happened and what happens, and after a break what he has missed, each once")
    func resuming() async throws {
        try await serve { served in
            let number = try await served.gateway.open()
            let first = try await served.follow(number)
            let begun = try await first.read(through: Self.last(of: number, served.gateway))
            #expect(begun.contains("HTTP/1.1 200 ") && begun.contains("Content-Type: text/event-stream\n"))
            #expect(begun.contains("Vary: Accept"))
            let noted = try await Self.note("One.", on: number, served.gateway)
            let told = try await first.read(through: noted)
            first.close()
            _ = try await Self.note("Two.", on: number, served.gateway)
            let missed = try await Self.note("Three.", on: number, served.gateway)
            let second = try await served.follow(number, lastID: "\(noted)")
            let caughtUp = try await second.read(through: missed)
            let latest = try await Self.note("Four.", on: number, served.gateway)
            let all = Self.data(in: begun + told + caughtUp) + Self.data(in: try await second.read(through: latest))
            let list = await served.gateway.send(.get, "/api/v1/tickets/\(number)/events").document.array
            #expect(all == list)
            second.close()
        }
    }

    @Test("The list too begins behind the event that is named; what no event can have is refused")
    func listedAfter() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let known = try await Self.last(of: number, gateway)
        let noted = try await Self.note("One.", on: number, gateway)
        let events = "/api/v1/tickets/\(number)/events"
        let list = await gateway.send(.get, "\(events)?after=\(known)").document.array
        #expect(list?.compactMap { $0["revision"]?.integer } == Array(known + 1...noted))
        for place in ["-1", "", "two", "9223372036854775808"] {
            let refused = await gateway.send(.get, "\(events)?after=\(place)")
            #expect(refused.status == .badRequest, "\(place)")
        }
    }

    @Test("Many follow over a pool of few connections, and each is told")
    func many() async throws {
        try await serve { served in
            let number = try await served.gateway.open()
            let begun = try await Self.last(of: number, served.gateway)
            var readers: [EventReader] = []
            for _ in 0..<40 { readers.append(try await served.follow(number)) }
            for reader in readers { _ = try await reader.read(through: begun) }
            let noted = try await Self.note("One.", on: number, served.gateway)
            for reader in readers {
                #expect(Self.ids(in: try await reader.read(through: noted)) == Array(begun + 1...noted))
                reader.close()
            }
        }
    }

    @Test("A stream ends when its ticket is out of sight, and when its token is revoked, and tells nothing more")
    func sight() async throws {
        try await serve { served in
            let number = try await served.gateway.open()
            let begun = try await Self.last(of: number, served.gateway)
            let token = try await TestGateway.makeToken(scopes: ["tickets:read"])
            let revoked = try await served.follow(number, token: token)
            let blind = try await served.follow(number)
            _ = try await revoked.read(through: begun)
            _ = try await blind.read(through: begun)
            let operating = try TestDesk()
            let tokens = try await operating.store.tokens()
            _ = try await operating.store.revoke(token: try #require(tokens.first?.id))
            let noted = try await Self.note("Not for everybody.", on: number, served.gateway)
            let rest = try await revoked.read()
            #expect(rest.hasSuffix("0\n\n") && Self.ids(in: rest).isEmpty, "\(rest)")
            _ = try await blind.read(through: noted)
            try await TestDatabase.current.run("delete from ticket_access")
            try await TestDatabase.current.run("select pg_notify(\(DeskStore.ticketChannel), id::text) from ticket")
            let end = try await blind.read()
            #expect(end.hasSuffix("0\n\n") && Self.ids(in: end).isEmpty, "\(end)")
        }
    }

    @Test("What nobody told is found when it is next looked")
    func untold() async throws {
        try await serve { served in
            let number = try await served.gateway.open()
            let begun = try await Self.last(of: number, served.gateway)
            let reader = try await served.follow(number)
            _ = try await reader.read(through: begun)
            try await TestDatabase.current.run(
                """
                with changed as (update ticket set revision = revision + 1 returning id, revision)
                insert into event (ticket, revision, episode, kind, at, actor_kind, actor, cause, data)
                select c.id, c.revision, e.episode, e.kind, e.at, e.actor_kind, e.actor, e.cause, e.data
                from changed c join event e on e.ticket = c.id and e.revision = c.revision - 1
                """)
            await served.gateway.desk.time.untilAsleep()
            served.gateway.desk.time.advance(by: .seconds(40))
            #expect(Self.ids(in: try await reader.read(through: begun + 1)) == [begun + 1])
            reader.close()
        }
    }

    @Test("A gateway that stops ends its streams whole")
    func stopping() async throws {
        try await serve { served in
            let number = try await served.gateway.open()
            let reader = try await served.follow(number)
            _ = try await reader.read(through: Self.last(of: number, served.gateway))
            served.stop.raise()
            #expect(try await reader.read().hasSuffix("0\n\n"))
        }
    }

    @Test("A list stays a list; a place that no event can have is refused")
    func refusals() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let list = await gateway.send(.get, "/api/v1/tickets/\(number)/events", fields: [.accept: "*/*"])
        #expect(list.document.array?.isEmpty == false && list.fields[.vary] == "Accept")
        for place in ["-1", "x", "9223372036854775808"] {
            let refused = await gateway.send(
                .get, "/api/v1/tickets/\(number)/events",
                fields: [.accept: "text/event-stream", "Last-Event-ID": place])
            #expect(refused.status == .badRequest, "\(place)")
        }
        let unknown = await gateway.send(
            .get, "/api/v1/tickets/OSL-99999/events", fields: [.accept: "text/event-stream"])
        #expect(unknown.status == .notFound)
    }
}
