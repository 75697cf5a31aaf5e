import Desk
import DeskStore
import DeskTestSupport
import Mail
import Moments
import Postgres
import PostgresTestSupport
import RoutingTestSupport
import Runtime
import Synchronization
import Testing

@Suite("Whoever has a ticket is told that letters about it do not arrive", .database(template: TestDesk.template))
struct ReturnNoticesTests {
    private static let refusal = SMTPReply(550, "5.7.1", "not wanted here")
    private static let kari = "kari.nordmann@norrsken.example"

    /// A ticket of Oslo that Kari has taken.
    private func accept(on desk: TestDesk) async throws -> (ticket: Ticket, kari: PersonID) {
        let oslo = try await desk.store.directory().sites["OSL"]
        let kari = try #require(await desk.store.person(at: Self.kari)).id
        let ticket = try await desk.store.accept(TestDesk.submission(at: oslo)).ticket
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .person(kari))) {
            .assigned($0.ticket.responsibility)
        }
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .person(kari))) { _ in
            .taken(kari)
        }
        return (ticket, kari)
    }

    private func write(about ticket: Ticket, by kari: PersonID, on desk: TestDesk) async throws {
        let note = Note("Please try again.", visibility: .public)
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .person(kari), note: note)) {
            .messageSent(try #require($0.entry))
        }
    }

    private func count(_ table: SQL) async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from \(table)", as: Int.self)
    }

    private static let letters: SQL = "letter where kind = 'undelivered'"

    @Test(
        "Once within an hour, also where he wrote the letter himself, on his page and by mail; the log stays as it was")
    func told() async throws {
        let time = ManualTime(SendLetterHandlerTests.whenNothingIsWaitedFor)
        let (door, desk) = (try TestDesk(time: time), try TestDesk(as: "meridian_routing", time: time))
        let (ticket, kari) = try await accept(on: door)
        let taker = MailTaker { _, to in to.key.hasSuffix("@customer.example") ? Self.refusal : nil }
        try await taker.run { client in
            let run = RoutingRun(desk, client: client)
            for (pause, notices) in [(0, 1), (600, 1), (7200, 2)] {
                time.advance(by: .seconds(pause))
                try await write(about: ticket, by: kari, on: door)
                try await run.drain("mail")
                #expect(try await count(Self.letters) == notices)
            }
        }
        let told = try await TestDatabase.current.all(
            "select n.person from notice n join letter l on l.id = n.letter where l.kind = 'undelivered'",
            as: PersonID.self)
        #expect(told == [kari, kari])
        #expect(taker.recipients.filter { $0 == Self.kari }.count == 2)
        let mail = taker.caught.withLock { $0.last { $0.to.first?.key == Self.kari } }
        #expect(mail?.subject.contains("[\(ticket.number)]") == true)
        let log = try #require(await door.store.view(of: ticket.number, seeing: .desk, including: true)).log
        #expect(
            log.map(\.recorded.event.kind) == [.opened, .assigned, .taken, .messageSent, .messageSent, .messageSent])
        await desk.store.database.close()
    }

    @Test("A notice that does not arrive makes no further one; whoever wants none gets none")
    func quiet() async throws {
        let time = ManualTime(SendLetterHandlerTests.whenNothingIsWaitedFor)
        let (door, desk) = (try TestDesk(time: time), try TestDesk(as: "meridian_routing", time: time))
        let (ticket, kari) = try await accept(on: door)
        let taker = MailTaker { _, _ in Self.refusal }
        try await taker.run { client in
            let run = RoutingRun(desk, client: client)
            try await write(about: ticket, by: kari, on: door)
            try await run.drain("mail")
            #expect(try await count(Self.letters) == 1)
            try await door.store.choose([.undelivered: .off], for: kari)
            time.advance(by: .seconds(7200))
            try await write(about: ticket, by: kari, on: door)
            try await run.drain("mail")
        }
        #expect(try await count(Self.letters) == 2)
        #expect(try await count("notice n join letter l on l.id = n.letter where l.kind = 'undelivered'") == 1)
        await desk.store.database.close()
    }
}
