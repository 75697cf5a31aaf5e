import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import Intake
import JSON
import Mail
import Postgres
import PostgresTestSupport
import Runtime
import Synchronization
import Testing

@Suite("Mail that came in, over the API", .database(template: TestDesk.template))
struct InboundMailTests {
    private func list(_ gateway: TestGateway, _ query: String = "") async throws -> [JSON] {
        let response = await gateway.send(.get, "/api/v1/inbound-mail\(query)")
        try #require(response.status == .ok, "\(response.text)")
        return response.document.array ?? []
    }

    private static let bounce = """
        From: MAILER-DAEMON@mx.elsewhere.example
        Subject: failure notice
        Message-ID: <b1@mx.elsewhere.example>

        Hi. This is the qmail-send program at mx.elsewhere.example.

        <ola@customer.example>:
        192.0.2.1 does not like recipient.
        Remote host said: 550 5.1.1 <ola@customer.example>... User unknown
        Giving up on 192.0.2.1.

        <kari@customer.example>:
        Remote host said: 452 4.2.2 Mailbox full

        --- Below this line is a copy of the message.

        Return-Path: <hjelp@oslo.norrsken.example>

        """

    /// The whole of an answer that is written piece by piece.
    private static func read(_ response: Response) async throws -> String {
        guard case .stream(_, let write) = response.body else { return response.text }
        let pieces = Mutex<[UInt8]>([])
        try await write(BodyWriter { piece in pieces.withLock { $0 += piece } })
        return String(decoding: pieces.withLock { $0 }, as: UTF8.self)
    }

    @Test("Every message is told with what became of it, can be asked for, and had as it came in")
    func accounted() async throws {
        let (mail, gateway) = (try TestMailDoor(), try await TestGateway())
        let text = TestMailDoor.mail("m1")
        _ = try await mail.deliver(text)
        _ = try await mail.deliver(text)
        _ = try await mail.deliver(Self.bounce, from: nil)
        #expect(try await list(gateway).map { $0["kind"]?.string } == ["bounce", "duplicate", "request"])

        let request = try #require(try await list(gateway, "?message_id=%3Cm1@customer.example%3E&kind=request").first)
        #expect(request["ticket"]?.string == "OSL-1")
        #expect(request["subject"]?.string == "The printer is on fire")
        #expect(request["author"]?.string == "kari@customer.example")
        #expect(request["entry"]?.string?.count == 36)
        #expect(request["bounces"]?.array?.isEmpty == true)
        let original = await gateway.send(.get, try #require(request["href"]?.string))
        #expect(original.fields[.contentType] == "message/rfc822")
        #expect(try await Self.read(original) == text.replacing("\n", with: "\r\n"))

        let bounces = try #require(try await list(gateway, "?kind=bounce").first?["bounces"]?.array)
        #expect(bounces.map { $0["recipient"]?.string } == ["ola@customer.example", "kari@customer.example"])
        #expect(bounces.map { $0["status"]?.string } == ["5.1.1", "4.2.2"])
        #expect(bounces.map { $0["code"]?.string } == ["550", "452"])
        #expect(bounces.map { $0["reason"]?.string } == ["userunknown", "mailboxfull"])
        #expect(bounces.map { $0["hard"]?.bool } == [true, false])
    }

    @Test("A list comes in pages, the youngest first, and by time; what cannot be asked is told")
    func pages() async throws {
        let (mail, gateway) = (try TestMailDoor(), try await TestGateway())
        for number in 1...3 {
            _ = try await mail.deliver(TestMailDoor.mail("m\(number)").replacing("Smoke", with: "Smoke \(number)"))
            mail.desk.time.advance(by: .seconds(60))
        }
        let first = await gateway.send(.get, "/api/v1/inbound-mail?limit=2")
        #expect(
            first.document.array?.map { $0["message_id"]?.string } == ["m3@customer.example", "m2@customer.example"])
        let link = try #require(first.fields[.link]?.split(separator: ">").first?.dropFirst())
        let second = await gateway.send(.get, String(link))
        #expect(second.document.array?.map { $0["message_id"]?.string } == ["m1@customer.example"])
        #expect(second.fields[.link] == nil)
        let since = try #require(second.document[0]?["received_at"]?.string)
        #expect(try await list(gateway, "?received_after=\(since)").count == 2)
        let wrong = await gateway.send(.get, "/api/v1/inbound-mail?kind=spam&received_after=noon&colour=red")
        #expect(wrong.status == .badRequest && wrong.document["errors"]?.array?.count == 3)
    }

    @Test("What no ticket knows of is seen by tokens of the whole desk alone")
    func sight() async throws {
        let mail = try TestMailDoor()
        let (all, one) = (try await TestGateway(), try await TestGateway(at: "AMS"))
        _ = try await mail.deliver(TestMailDoor.mail("m1"))
        _ = try await mail.deliver(Self.bounce, from: nil)
        #expect(try await list(all).count == 2)
        #expect(try await list(one).isEmpty)
        let id = try #require(try await list(all).first?["id"]?.string)
        for path in ["", "/original"] {
            #expect(await one.send(.get, "/api/v1/inbound-mail/\(id)\(path)").status == .notFound)
        }
        let reader = try await TestGateway(scopes: ["tickets:read"])
        #expect(await reader.send(.post, "/api/v1/inbound-mail/\(id)/replays").status == .forbidden)
    }

    @Test("The original can be had in parts, and not again by whoever has it")
    func parts() async throws {
        let (mail, gateway) = (try TestMailDoor(), try await TestGateway())
        _ = try await mail.deliver(TestMailDoor.mail("m1"))
        let id = try #require(try await list(gateway).first?["id"]?.string)
        let path = "/api/v1/inbound-mail/\(id)/original"
        let whole = await gateway.send(.get, path)
        let bytes = Array(try await Self.read(whole).utf8)
        #expect(whole.status == .ok && whole.fields[.acceptRanges] == "bytes" && bytes.count > 20)
        let part = await gateway.send(.get, path, fields: [.range: "bytes=5-9"])
        #expect(part.status == .partialContent && part.fields[.contentRange] == "bytes 5-9/\(bytes.count)")
        #expect(Array(try await Self.read(part).utf8) == Array(bytes[5..<10]))
        let tail = await gateway.send(.get, path, fields: [.range: "bytes=-3"])
        #expect(Array(try await Self.read(tail).utf8) == Array(bytes.suffix(3)))
        let beyond = await gateway.send(.get, path, fields: [.range: "bytes=\(bytes.count)-"])
        #expect(beyond.status == .rangeNotSatisfiable)
        let tag = try #require(whole.fields[.entityTag])
        let held = await gateway.send(.get, path, fields: [.ifNoneMatch: tag])
        #expect(held.status == .notModified)
    }

    /// Lets the database refuse every entry that says so, as if something in the message could not be kept.
    private func refuse(_ isOn: Bool, _ state: String = "22023") async throws {
        try await TestDatabase.current.run(
            script: isOn
                ? """
                create function poison() returns trigger language plpgsql as
                    $$ begin raise exception 'poison' using errcode = '\(state)'; end $$;
                create trigger poison before insert on entry for each row execute function poison();
                """
                : "drop trigger poison on entry; drop function poison()")
    }

    @Test("A message that cannot be taken for what it holds is kept and told, and can be sorted anew, once")
    func poison() async throws {
        let (mail, gateway) = (try TestMailDoor(), try await TestGateway())
        try await refuse(true)
        #expect(
            try await mail.deliver(TestMailDoor.mail("m1")) == "250 2.1.5 <hjelp@oslo.norrsken.example> kept unreadable"
        )
        let id = try #require(try await list(gateway, "?kind=unreadable").first?["id"]?.string)
        let path = "/api/v1/inbound-mail/\(id)"
        try await refuse(false)

        let replayed = await gateway.send(.post, "\(path)/replays")
        #expect(replayed.document["kind"]?.string == "request" && replayed.document["ticket"]?.string == "OSL-2")
        #expect(replayed.document["id"]?.string == id)
        let again = await gateway.send(.post, "\(path)/replays")
        #expect(again.document == replayed.document)
        #expect(try await list(gateway).count == 1)
        #expect(try await TestGateway.rows()["ticket"] == 1)
        #expect(try await mail.deliver(TestMailDoor.mail("m1")).hasSuffix("OSL-2"), "sent again it is known")
    }

    @Test(
        "What still cannot be taken is told as a conflict with its reason, stays as it was, and nothing is half written"
    )
    func stillPoison() async throws {
        let (mail, gateway) = (try TestMailDoor(), try await TestGateway())
        try await refuse(true)
        _ = try await mail.deliver(TestMailDoor.mail("m1"))
        let kept = try #require(try await list(gateway).first)
        let path = "/api/v1/inbound-mail/\(try #require(kept["id"]?.string))"
        let before = try await TestGateway.rows()
        for _ in 1...2 {
            let refused = await gateway.send(.post, "\(path)/replays")
            #expect(refused.status == .conflict, "\(refused.text)")
            #expect(refused.document["reason"]?.string == "cannot_be_kept")
            #expect(refused.document["detail"]?.string?.contains("cannot be kept in a ticket") == true)
        }
        #expect(try await TestGateway.rows() == before)
        #expect(try await list(gateway) == [kept])
        try await refuse(false)
        #expect(await gateway.send(.post, "\(path)/replays").document["kind"]?.string == "request")
    }

    @Test("One that cannot be taken for now is kept as it was, and the program comes again")
    func replayedInPassing() async throws {
        let (mail, gateway) = (try TestMailDoor(), try await TestGateway())
        try await refuse(true)
        _ = try await mail.deliver(TestMailDoor.mail("m1"))
        let kept = try #require(try await list(gateway).first)
        try await refuse(false)
        try await refuse(true, "57P01")
        let path = "/api/v1/inbound-mail/\(try #require(kept["id"]?.string))/replays"
        let away = await gateway.send(.post, path)
        #expect(away.status == .serviceUnavailable && away.fields["Retry-After"] != nil, "\(away.text)")
        #expect(try await list(gateway) == [kept])
    }

    @Test("One that cannot be taken for now is not answered with 250", arguments: ["53200", "57P01", "40P01"])
    func passing(state: String) async throws {
        let mail = try TestMailDoor()
        try await refuse(true, state)
        #expect(try await mail.deliver(TestMailDoor.mail("m1")).hasPrefix("451 4.3.0"))
        #expect(try await TestMailDoor.mails().isEmpty)
        try await refuse(false)
        #expect(try await mail.deliver(TestMailDoor.mail("m1")).contains(" OSL-"))
    }
}
