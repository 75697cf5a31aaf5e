import Desk
import DeskMail
import DeskStore
import DeskTestSupport
import Jobs
import Mail
import Moments
import Postgres
import PostgresTestSupport
import RoutingTestSupport
import Runtime
import Testing

@testable import Routing

@Suite("Each recipient of a letter has an outcome and times of his own", .database(template: TestDesk.template))
struct DeliveryTests {
    private static let later = SMTPReply(451, "4.7.1", "Greylisted, try again")

    private func desk() throws -> TestDesk {
        try TestDesk(as: "meridian_routing", at: SendLetterHandlerTests.whenNothingIsWaitedFor)
    }

    /// A ticket whose acknowledgement goes to three people.
    private func owe() async throws {
        let door = try TestDesk()
        for name in ["liv", "ola", "per"] {
            _ = try await door.store.accept(TestDesk.submission(from: "\(name)@customer.example", subject: name))
        }
        let ticket = try await door.store.accept(TestDesk.submission()).ticket
        let database = try TestDatabase.current
        try await database.run("delete from jobs.job")
        try await database.run(
            """
            insert into follower (ticket, person, since) select \(ticket.id), id, now() from person
            where id in (select person from person_address where address ~ '^(liv|ola|per)@')
            """)
        try await database.run("update ticket set requester = (select id from person where name = 'Henrik Lund')")
        try await database.run("update letter set audience = 'followers', kind = 'merged' where ticket = \(ticket.id)")
        _ = try await database.transaction { (transaction: borrowing Transaction) in
            let letter = try await transaction.first(
                "select id from letter where ticket = \(ticket.id)", as: Int64.self)
            return try await transaction.enqueue(SendLetter(letter: letter ?? 0), site: "OSL")
        }
    }

    private func count(_ condition: SQL) async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from delivery where \(condition)", as: Int.self)
    }

    @Test("One who is greylisted is tried again later by himself, and the others have the letter once")
    func greylisted() async throws {
        try await owe()
        let desk = try desk()
        let taker = MailTaker { count, to in count <= 3 && to.local == "ola" ? Self.later : nil }
        try await taker.run { client in
            let run = RoutingRun(desk, client: client)
            try await run.drain("mail")
            #expect(taker.recipients.count == 3)
            #expect(try await count("sent_at is not null") == 2)
            #expect(try await count("reply like '451%' and tries = 1 and next_try_at is not null") == 1)
            #expect(try await desk.store.waitingLetters() == nil, "letters go out: nobody is to look for a fault")
            desk.time.advance(by: .seconds(400))
            try await run.drain("mail-retries")
        }
        #expect(taker.recipients.filter { $0.hasPrefix("ola") }.count == 2 && taker.recipients.count == 4)
        #expect(try await count("sent_at is not null and next_try_at is null and reply is null") == 3)
        #expect(
            try await TestDatabase.current.first(
                "select count(*) from jobs.job where kind like 'letter.%'", as: Int.self) == 0)
        await desk.store.database.close()
    }

    @Test("For whom a letter is no longer, it is not tried again; what the server may have taken counts as sent")
    func abandoned() async throws {
        try await owe()
        let desk = try desk()
        let taker = MailTaker { _, to in to.local == "per" ? nil : Self.later }
        try await taker.run { client in
            let run = RoutingRun(desk, client: client)
            try await run.drain("mail")
            #expect(try await count("next_try_at is not null") == 2)
            let database = try TestDatabase.current
            let ola: SQL = "(select person from person_address where address ~ '^ola@')"
            try await database.run("update delivery set is_unsure = true where person = \(ola)")
            try await database.run("delete from follower")
            desk.time.advance(by: .seconds(400))
            try await run.drain("mail-retries")
            #expect(try await count("sent_at is not null and is_unsure and person = \(ola)") == 1)
        }
        #expect(taker.recipients.count == 3)
        #expect(try await count("sent_at is not null") == 2)
        #expect(try await count("next_try_at is not null") == 0)
        #expect(try await desk.store.deliveriesPutOff() == nil)
        await desk.store.database.close()
    }

    @Test(
        "What may have gone when its sender was lost is never told as not gone, though its reader has left meanwhile",
        arguments: [false, true])
    func lost(isSecondTry: Bool) async throws {
        try await owe()
        let desk = try desk()
        let database = try TestDatabase.current
        let liv: SQL = "(select person from person_address where address ~ '^liv@')"
        // Nothing is written down any more once the server has it.
        try await database.run(
            script: """
                create function lose() returns trigger language plpgsql security definer as $$ begin
                    if new.sent_at is not null and new.person = (
                        select person from person_address where address ~ '^liv@') then raise exception 'lost'; end if;
                    return new;
                end $$;
                create trigger lose before insert or update on delivery for each row execute function lose();
                """)
        let taker = MailTaker { count, _ in isSecondTry && count == 1 ? Self.later : nil }
        try await taker.run { client in
            let run = RoutingRun(desk, client: client)
            try await run.drain("mail")
            if isSecondTry {
                #expect(try await count("person = \(liv) and tries = 1 and next_try_at is not null") == 1)
                desk.time.advance(by: .seconds(400))
                try await run.drain("mail-retries")
            }
            #expect(try await count("person = \(liv) and begun_at is not null and sent_at is null") == 1)
            try await database.run("drop trigger lose on delivery")
            try await database.run("delete from follower")
            try await database.run("update jobs.job set due = now()")
            try await run.drain("mail")
            try await run.drain("mail-retries")
        }
        #expect(taker.recipients.filter { $0.hasPrefix("liv") }.count == (isSecondTry ? 2 : 1))
        #expect(try await count("person = \(liv) and sent_at is not null and is_unsure and begun_at is null") == 1)
        #expect(try await count("begun_at is not null or next_try_at is not null") == 0)
        await desk.store.database.close()
    }

    @Test("A server that dies with every message after the final dot gets each one twice, with the same Message-ID")
    func ambiguous() async throws {
        _ = try await TestDesk().store.accept(TestDesk.submission())
        let desk = try desk()
        let teller = MailTeller(MailTeller.dying)
        try await teller.run { client in
            let run = RoutingRun(desk, client: client)
            try await run.drain("mail")
            #expect(try await count("is_unsure and next_try_at is not null") == 1)
            desk.time.advance(by: .seconds(900))
            try await run.drain("mail-retries")
        }
        let identities = teller.messages.map(\.messageID)
        #expect(identities.count == 2 && Set(identities).count == 1 && identities[0] != nil)
        #expect(try await count("is_unsure and sent_at is not null and reply like 'twice%'") == 1)
        #expect(
            try await TestDatabase.current.first(
                "select count(*) from jobs.job where kind like 'letter.%'", as: Int.self) == 0)
        await desk.store.database.close()
    }

    @Test(
        "A wrong password keeps every letter without using up its attempts, is written down, and forgotten when mended")
    func misconfigured() async throws {
        _ = try await TestDesk().store.accept(TestDesk.submission())
        let desk = try desk()
        let refusing = MailTeller([(0, "220 mx"), (1, "250-mx\r\n250 AUTH PLAIN"), (1, "535 5.7.8 Wrong")])
        try await refusing.run(as: "desk:old@") { client in
            for _ in 1...20 {
                try await RoutingRun(desk, client: client).drain("mail")
                try await TestDatabase.current.run("update jobs.job set due = now()")
            }
        }
        let found = try await TestDatabase.current.first("select attempt, state from jobs.job", as: (Int, String).self)
        let (attempt, state) = try #require(found)
        #expect(attempt == 0 && state == "ready")
        let trouble = try #require(await desk.store.smarthostTrouble())
        #expect(trouble.reason.contains("did not accept user and password") && !trouble.reason.contains("old"))
        #expect(try await count("tries > 0 or begun_at is not null") == 0, "the letter itself was not tried")

        let taker = MailTaker()
        try await taker.run { client in try await RoutingRun(desk, client: client).drain("mail") }
        #expect(taker.recipients.count == 1)
        #expect(try await desk.store.smarthostTrouble() == nil)
        await desk.store.database.close()
    }

    @Test("A letter that nobody has at one address goes to the person's other one, as do those after it")
    func otherAddress() async throws {
        let door = try TestDesk()
        let record = try await door.store.accept(TestDesk.submission())
        let database = try TestDatabase.current
        try await database.run(
            """
            insert into person_address (address, person, is_primary, since)
            values ('kari@home.example', \(record.ticket.requester), false, now())
            """)
        let desk = try desk()
        let taker = MailTaker { _, to in to.domain == "customer.example" ? .unknown(to) : nil }
        try await taker.run { client in
            let run = RoutingRun(desk, client: client)
            try await run.drain("mail")
            try await run.drain("mail-retries")
            #expect(taker.recipients == ["kari@customer.example", "kari@home.example"])
            #expect(try await count("sent_at is not null and address = 'kari@home.example'") == 1)
            _ = try await door.store.accept(TestDesk.submission(subject: "Another"))
            try await run.drain("mail")
            #expect(taker.recipients.last == "kari@home.example" && taker.recipients.count == 3)
        }
        try await door.store.choose(
            primary: "kari@customer.example", of: record.ticket.requester, by: .person(record.ticket.requester))
        #expect(try await door.store.person(record.ticket.requester)?.address == "kari@customer.example")
        await desk.store.database.close()
    }
}
