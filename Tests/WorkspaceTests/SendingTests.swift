import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import HTTP
import Postgres
import PostgresTestSupport
import Runtime
import Suppliers
import Testing
import WebTestSupport

@Suite("What leaves to a supplier, before and after it does", .database(template: TestDesk.template))
struct SendingTests {
    private static func site() throws -> TestSite {
        try TestSite(preview: { store in
            let preview = ExchangePreview(store, source: "https://desk.example")
            return { try await preview.leaving($0, of: $1, to: $2, saying: $3, seeing: $4) }
        })
    }

    private func sent() async throws -> [String] {
        try await TestDatabase.current.all("select kind from supplier_message order by id", as: String.self)
    }

    @Test(
        "An agent is first shown what leaves and what stays, in his language; nothing has left by then",
        arguments: Language.allCases)
    func shown(_ language: Language) async throws {
        let site = try Self.site()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        browser.cookies["language"] = language.tag
        expectPage(await browser.get(place))
        let response = await browser.post(
            "\(place)/referrals",
            ["supplier": "printwerk", "note": "The roller is worn.", "revision": browser.hidden("revision")])
        expectPage(response)
        let wording = Wording(language)
        let page = browser.page
        #expect(page.contains(wording(.sendingTitle, ["supplier": "Printwerk BV"])))
        // Printwerk may see the subject, the category, the site and the note.
        let (goes, stays) = (
            page.range(of: wording(.supplierField, "note")), page.range(of: wording(.sendingStays))
        )
        #expect(try #require(goes).lowerBound < #require(stays).lowerBound)
        #expect(page.contains("The printer is on fire") && page.contains("The roller is worn."))
        #expect(page.contains("<li>\(wording(.supplierField, "requester_email"))</li>"))
        #expect(!page.contains("Smoke comes out of it") && !page.contains("kari@customer.example"))
        // Byte by byte as well.
        #expect(page.contains("com.meridian.ticket.referred.v1"))
        #expect(page.contains("POST http://127.0.0.1:8090/printwerk"))
        #expect(try await sent().isEmpty)
        #expect(try await JourneyOnPagesTests.state(of: ticket, on: site).holder == ticket.holder)
        await site.close()
    }

    @Test("A second click sends what was shown; the words can be changed before, and a ticket that has moved is told")
    func sending() async throws {
        let site = try Self.site()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get(place)
        var values: HTTP.Query = ["supplier": "printwerk", "note": "Wron.", "revision": browser.hidden("revision")]
        _ = await browser.post("\(place)/referrals", values)
        values = [
            "supplier": browser.hidden("supplier"), "note": browser.hidden("note"),
            "revision": browser.hidden("revision"), "shown": browser.hidden("shown"),
        ]
        var change = values
        change.append("edit", "yes")
        expectPage(await browser.post("\(place)/referrals", change))
        #expect(browser.page.contains("Wron.</textarea>"))
        #expect(try await sent().isEmpty)
        #expect(await browser.post("\(place)/referrals", values).status == .seeOther)
        #expect(try await sent() == ["referral"])
        #expect(try await JourneyOnPagesTests.state(of: ticket, on: site).state == .waitingSupplier)
        // What the page was made for is not what the ticket is any more.
        let late = await browser.post("\(place)/referrals", values)
        #expect(late.status == .preconditionFailed || late.status == .conflict)
        #expect(try await sent() == ["referral"])
        await site.close()
    }

    @Test("A question, an answer and the end of an exchange are shown as well, each as what it is")
    func others() async throws {
        let site = try Self.site()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)"
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let steps: [(action: String, values: HTTP.Query, type: String)] = [
            ("inquiries", ["to": "supplier:fjordnett", "note": "Is the line up?"], "asked"),
            ("referrals", ["supplier": "printwerk", "note": "Please mend it."], "referred"),
            ("answers", ["supplier": "printwerk", "note": "On the second floor."], "answered"),
            ("recalls", ["supplier": "printwerk", "note": "It works again."], "withdrawn"),
        ]
        for step in steps {
            site.desk.time.advance(by: .seconds(60))
            _ = await browser.get(place)
            var values = step.values
            values.append("revision", browser.hidden("revision"))
            let before = try await sent().count
            expectPage(await browser.post("\(place)/\(step.action)", values))
            #expect(browser.page.contains("com.meridian.ticket.\(step.type).v1"), "\(step.action)")
            #expect(try await sent().count == before)
            values.append("shown", browser.hidden("shown"))
            #expect(await browser.post("\(place)/\(step.action)", values).status == .seeOther, "\(step.action)")
            #expect(try await sent().count == before + 1)
        }
        await site.close()
    }

    @Test("Where the organisation wants no preview, a referral is sent at once")
    func never() async throws {
        let site = try Self.site()
        let edited = try TestDesk.organisation { document in
            let suppliers = document["suppliers"] as? [[String: Any]] ?? []
            document["suppliers"] = suppliers.map { $0.merging(["preview": "never"]) { $1 } }
        }
        _ = try await site.behind.store.apply(edited, by: "the tests")
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let place = "/desk/tickets/\(ticket.number)"
        _ = await browser.get(place)
        let done = await browser.post(
            "\(place)/referrals",
            ["supplier": "printwerk", "note": "The roller is worn.", "revision": browser.hidden("revision")])
        #expect(done.status == .seeOther)
        #expect(try await sent() == ["referral"])
        await site.close()
    }

    @Test("Afterwards the exchange shows what left and what was answered to whoever sees the ticket, and nobody else")
    func afterwards() async throws {
        let site = try Self.site()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let printwerk = try #require(await site.behind.store.directory().suppliers["printwerk"])
        try await site.behind.store.record(
            on: ticket.number, seeing: .desk, Recording(by: .program, note: Note("Look.", visibility: .internal))
        ) { .referred(printwerk, note: $0.entry) }
        let view = try #require(await site.behind.store.view(of: ticket.number, seeing: .desk, including: true))
        let bond = try #require(view.bonds.first)
        let place = "/desk/tickets/\(ticket.number)/exchanges/\(bond.uuid.uuidString.lowercased())"
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get("/desk/tickets/\(ticket.number)")
        #expect(browser.page.contains("href=\"\(place)\""))
        expectPage(await browser.get(place))
        #expect(browser.page.contains(Wording(.norwegian)(.exchangeWaits)))
        let body = """
            {"specversion":"1.0","type":"com.meridian.ticket.referred.v1","id":"m-1","source":"https://desk.example",
            "data":{"exchange":"\(bond.uuid)","our_reference":"\(ticket.number)","note":"The <b>roller</b>."}}
            """
        try await TestDatabase.current.run(
            """
            update supplier_message set sent_at = created_at, body = \(body),
                wire_sent = 'POST https://noc.example/events', wire_received = '202 Accepted'
            """)
        expectPage(await browser.get(place))
        #expect(browser.page.contains("The &lt;b&gt;roller&lt;/b&gt;."))
        #expect(browser.page.contains("POST https://noc.example/events") && browser.page.contains("202 Accepted"))
        var stranger = try await site.browser(of: "mei.tan@norrsken.example")
        #expect(await stranger.get(place).status == .notFound)
        await site.close()
    }
}
