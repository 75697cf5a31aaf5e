import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("What suppliers say in their portal", .database(template: TestDesk.template))
struct StatingTests {
    private func state(
        _ act: String, _ message: String, at place: String, in browser: inout Browser, seen: String? = nil
    ) async -> Response {
        _ = await browser.get(place)
        return await browser.post(
            "\(place)/statements", ["act": act, "message": message, "seen": seen ?? browser.hidden("seen")])
    }

    @Test("A supplier acknowledges, writes, asks, is answered and solves, as a system would")
    func whole() async throws {
        let desk = try await PortalDesk()
        let ticket = try await desk.refer(note: "Look at the fuser.")
        #expect(try await desk.letters().sorted() == ["noc@fjordnett.example", "ola@fjordnett.example"])
        #expect(try await desk.bond(of: ticket).delivered)
        var browser = try await desk.browser(of: "ola@fjordnett.example")
        let list = await browser.get("/supplier/portal")
        expectPage(list)
        #expect(list.text.contains("OSL-1") && list.text.contains("The printer is on fire"))
        let place = try await desk.exchange(of: ticket)
        let page = await browser.get(place)
        expectPage(page)
        #expect(page.text.contains("Look at the fuser.") && page.text.contains("Smoke comes out of it"))

        let faulty = await browser.post("\(place)/acknowledgement", ["reference": ""])
        expectPage(faulty, .unprocessableContent)
        let taken = await browser.post("\(place)/acknowledgement", ["reference": "FN-77"])
        #expect(taken.status == .seeOther)
        expectPage(await browser.get(try #require(taken.fields[.location])))
        #expect(try await desk.bond(of: ticket).theirs == "FN-77")
        #expect(await state("note", "A technician is on his way.", at: place, in: &browser).status == .seeOther)
        #expect(await state("question", "Which floor?", at: place, in: &browser).status == .seeOther)
        #expect(try await desk.bond(of: ticket).state == "waiting_for_us")
        try await desk.record(on: ticket, note: "The third one.") {
            .supplierAnswered(try PortalDesk.key("fjordnett", $0), note: try #require($0.entry))
        }
        #expect(await browser.get(place).text.contains("The third one."))
        #expect(await state("solution", "New fuser.", at: place, in: &browser).status == .seeOther)
        #expect(try await desk.bond(of: ticket).state == "resolved")
        let events = try await desk.log(of: ticket)
        #expect(
            events.filter { $0.hasPrefix("supplier_") } == [
                "supplier_acknowledged", "supplier_noted", "supplier_asked", "supplier_answered", "supplier_resolved",
            ])
        let ended = await browser.get(place)
        expectPage(ended)
        #expect(!ended.text.contains("/statements") && ended.text.contains("New fuser."))
        // Each is kept as a message of the supplier's system would be.
        let kept = try await desk.site.behind.store.database.all(
            "select body::json ->> 'type' from supplier_receipt where result = 'recorded' order by id", as: String.self)
        #expect(
            kept == ["acknowledged", "noted", "asked", "resolved"].map { "com.meridian.ticket.\($0).v1" })
        await desk.close()
    }

    @Test("A double click says it once")
    func once() async throws {
        let desk = try await PortalDesk()
        let ticket = try await desk.refer()
        var browser = try await desk.browser(of: "noc@fjordnett.example")
        let place = try await desk.exchange(of: ticket)
        _ = await browser.get(place)
        let form: HTTP.Query = ["act": "note", "message": "Once", "seen": browser.hidden("seen")]
        let filledIn = browser
        @Sendable func click() async -> Response {
            var browser = filledIn
            return await browser.post("\(place)/statements", form)
        }
        async let first = click()
        async let second = click()
        let answers = await [first, second]
        #expect(answers.allSatisfy { $0.status == .seeOther })
        #expect(try await desk.log(of: ticket).filter { $0 == "supplier_noted" }.count == 1)
        await desk.close()
    }

    @Test("Whoever solves what has gone on meanwhile is shown what is new, and keeps his words")
    func conflict() async throws {
        let desk = try await PortalDesk()
        let ticket = try await desk.refer()
        var browser = try await desk.browser(of: "noc@fjordnett.example")
        let place = try await desk.exchange(of: ticket)
        _ = await browser.get(place)
        let seen = browser.hidden("seen")
        #expect(await state("question", "Which floor?", at: place, in: &browser).status == .seeOther)
        try await desk.record(on: ticket, note: "It burns again.") {
            .supplierAnswered(try PortalDesk.key("fjordnett", $0), note: try #require($0.entry))
        }
        let stale = await state("solution", "It was nothing.", at: place, in: &browser, seen: seen)
        expectPage(stale, .preconditionFailed)
        #expect(stale.text.contains("It burns again.") && stale.text.contains("It was nothing."))
        #expect(try await desk.bond(of: ticket).state == "in_progress")
        // A note says the same whatever was written meanwhile.
        #expect(await state("note", "On our way.", at: place, in: &browser, seen: seen).status == .seeOther)
        // And of what was taken back nothing can be said any more.
        _ = await browser.get(place)
        let form: HTTP.Query = ["act": "note", "message": "Too late", "seen": browser.hidden("seen")]
        try await desk.record(on: ticket) { .recalled(try PortalDesk.key("fjordnett", $0), note: nil) }
        expectPage(await browser.post("\(place)/statements", form), .preconditionFailed)
        #expect(try await desk.log(of: ticket).filter { $0 == "supplier_noted" }.count == 1)
        await desk.close()
    }

    @Test("A ticket that is handed back is with its team again, and the reason is on it")
    func handedBack() async throws {
        let desk = try await PortalDesk()
        let ticket = try await desk.refer()
        var browser = try await desk.browser(of: "noc@fjordnett.example")
        let place = try await desk.exchange(of: ticket)
        let faulty: [HTTP.Query] = [
            ["act": "return", "message": ""], ["act": "nonsense", "message": "x"], ["message": "x"],
        ]
        for form in faulty {
            _ = await browser.get(place)
            expectPage(await browser.post("\(place)/statements", form), .unprocessableContent)
        }
        #expect(await state("return", "Not our printer.", at: place, in: &browser).status == .seeOther)
        let holder = try await desk.site.behind.store.database.first(
            "select holder from ticket where id = \(ticket.id)", as: String.self)
        #expect(holder == "team")
        #expect(try await desk.bond(of: ticket).state == "rejected")
        await desk.close()
    }

    @Test("A supplier that was only asked answers, and has no ticket to solve")
    func asked() async throws {
        let desk = try await PortalDesk()
        let ticket = try await desk.site.desk.store.accept(TestDesk.submission()).ticket
        try await desk.record(on: ticket, note: "Is the line down?") {
            .inquired(.supplier(try PortalDesk.key("fjordnett", $0)), question: try #require($0.entry))
        }
        var browser = try await desk.browser(of: "noc@fjordnett.example")
        let place = try await desk.exchange(of: ticket)
        let page = await browser.get(place)
        expectPage(page)
        #expect(page.text.contains("Is the line down?") && !page.text.contains("value=\"solution\""))
        #expect(await state("solution", "Solved", at: place, in: &browser).status == .unprocessableContent)
        #expect(await state("note", "No, it is up.", at: place, in: &browser).status == .seeOther)
        #expect(try await desk.log(of: ticket).contains("inquiry_answered"))
        await desk.close()
    }

    @Test("Files come along in pieces, can be had again by the supplier, and by no other")
    func files() async throws {
        let desk = try await PortalDesk()
        let ticket = try await desk.refer()
        var browser = try await desk.browser(of: "noc@fjordnett.example")
        let place = try await desk.exchange(of: ticket)
        _ = await browser.get(place)
        let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let sent = await browser.post(
            "\(place)/statements", ["act": "note", "message": "See the log", "seen": browser.hidden("seen")],
            files: [(name: "log.bin", type: "application/octet-stream", bytes: bytes)])
        #expect(sent.status == .seeOther)
        let page = await browser.get(place).text
        let link = try #require(page.firstMatch(of: /href="([^"]+\/files\/[^"]+)"/)).output.1
        let file = await browser.get(String(link))
        #expect(try await file.collected() == bytes)
        var other = try await desk.browser(of: "service@printwerk.example")
        expectPage(await other.get(String(link)), .notFound)
        expectPage(await browser.get("\(place)/files/\(UUID().uuidString)"), .notFound)
        await desk.close()
    }

    @Test("One supplier neither sees nor does anything on a ticket of another")
    func others() async throws {
        let desk = try await PortalDesk()
        let ticket = try await desk.refer()
        let place = try await desk.exchange(of: ticket)
        var other = try await desk.browser(of: "service@printwerk.example")
        #expect(await other.get("/supplier/portal").text.contains("OSL-1") == false)
        expectPage(await other.get(place), .notFound)
        for (path, form) in [
            ("acknowledgement", ["reference": "X"] as HTTP.Query), ("statements", ["act": "note", "message": "x"]),
        ] {
            _ = await other.get("/supplier/portal")
            expectPage(await other.post("\(place)/\(path)", form), .notFound)
        }
        expectPage(await other.get("/supplier/portal/exchanges/nonsense"), .notFound)
        #expect(try await desk.log(of: ticket).allSatisfy { !$0.hasPrefix("supplier_") })
        await desk.close()
    }
}
