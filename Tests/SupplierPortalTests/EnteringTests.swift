import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import HTTP
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing
import WebTestSupport

@Suite("Coming in to the portal of suppliers", .database(template: TestDesk.template))
struct EnteringTests {
    @Test("Whoever asks is told the same, and a link is mailed only to whom the document names")
    func asking() async throws {
        let desk = try await PortalDesk()
        var browser = desk.site.browser()
        #expect(await browser.get("/supplier/portal").fields[.location] == "/supplier/portal/sign-in")
        expectPage(await browser.open("/supplier/portal"))
        var answers: Set<String> = []
        for address in ["noc@fjordnett.example", "OLA@fjordnett.example", "kari@customer.example"] {
            _ = await browser.get("/supplier/portal/sign-in")
            let page = await browser.post("/supplier/portal/sign-in", ["email": address])
            expectPage(page)
            answers.insert(page.text.replacing(address.lowercased(), with: "").replacing(/value="[^"]*"/, with: ""))
        }
        #expect(answers.count == 1)
        #expect(try await desk.letters() == ["noc@fjordnett.example", "ola@fjordnett.example"])
        _ = await browser.get("/supplier/portal/sign-in")
        let faulty = await browser.post("/supplier/portal/sign-in", ["email": "nobody"])
        expectPage(faulty, .unprocessableContent)
        await desk.close()
    }

    @Test("No more than a few links an hour are mailed to one address")
    func limit() async throws {
        let desk = try await PortalDesk()
        for _ in 0..<9 {
            var browser = desk.site.browser()
            _ = await browser.get("/supplier/portal/sign-in")
            expectPage(await browser.post("/supplier/portal/sign-in", ["email": "noc@fjordnett.example"]))
        }
        #expect(try await desk.letters().count == 6)
        await desk.close()
    }

    @Test("A link opens once and to the place it names; to look at it does not use it up")
    func opensOnce() async throws {
        let desk = try await PortalDesk()
        let ticket = try await desk.refer()
        let place = try await desk.exchange(of: ticket)
        let link = desk.link(to: "Ola@fjordnett.example", to: place)
        var (scanner, mine, other) = (desk.site.browser(), desk.site.browser(), desk.site.browser())
        for _ in 0..<3 { expectPage(await scanner.get(link)) }
        _ = await mine.get(link)
        _ = await other.get(link)
        let entered = await mine.post("/supplier/portal/pass", ["pass": mine.hidden("pass"), "to": place])
        #expect(entered.status == .seeOther && entered.fields[.location] == place)
        expectPage(await mine.get(place))
        // Whoever is in already is led on by a link that has been used.
        #expect(await mine.get(link).fields[.location] == place)
        let refused = await other.post("/supplier/portal/pass", ["pass": other.hidden("pass"), "to": place])
        expectPage(refused, .gone)
        #expect(await other.get("/supplier/portal").status == .seeOther)
        // From there a new one is mailed, and nobody has to say who he is.
        expectPage(await other.post("/supplier/portal/renewal", ["pass": other.hidden("pass"), "to": place]))
        #expect(try await desk.letters().last == "ola@fjordnett.example")
        await desk.close()
    }

    @Test("A link that is too old, changed, or for somebody who was taken off the document opens nothing")
    func refused() async throws {
        let desk = try await PortalDesk()
        var browser = desk.site.browser()
        let old = desk.link(to: "noc@fjordnett.example")
        desk.site.desk.time.advance(by: .seconds(3601))
        expectPage(await browser.get(old), .gone)
        _ = await browser.post("/supplier/portal/pass", ["pass": browser.hidden("pass"), "to": ""])
        #expect(await browser.get("/supplier/portal").status == .seeOther)
        let link = desk.link(to: "ola@fjordnett.example")
        let changed = link.dropLast() + (link.hasSuffix("a") ? "b" : "a")
        expectPage(await browser.get(String(changed)), .unprocessableContent)
        expectPage(await browser.get("/supplier/portal/pass?pass=x"), .unprocessableContent)
        expectPage(await browser.get(link))
        try await PortalDesk.apply(people: [])
        expectPage(await browser.get(link), .unprocessableContent)
        _ = await browser.get("/supplier/portal/sign-in")
        let late = await browser.post(
            "/supplier/portal/pass", ["pass": link.split(separator: "=").last.map(String.init) ?? "", "to": ""])
        expectPage(late, .unprocessableContent)
        await desk.close()
    }

    @Test("A session ends when its person signs out, is taken off the document, or leaves it unused for half an hour")
    func ends() async throws {
        let desk = try await PortalDesk()
        var browser = try await desk.browser(of: "ola@fjordnett.example")
        expectPage(await browser.get("/supplier/portal"))
        #expect(await browser.post("/supplier/portal/sign-out", [:]).status == .seeOther)
        #expect(await browser.get("/supplier/portal").status == .seeOther)

        browser = try await desk.browser(of: "ola@fjordnett.example")
        try await PortalDesk.apply(people: [])
        #expect(await browser.get("/supplier/portal").status == .seeOther)

        browser = try await desk.browser(of: "noc@fjordnett.example")
        desk.site.desk.time.advance(by: .seconds(1799))
        expectPage(await browser.get("/supplier/portal"))
        desk.site.desk.time.advance(by: .seconds(1801))
        let ended = await browser.open("/supplier/portal")
        expectPage(ended)
        #expect(ended.text.contains("notice-warn"))
        await desk.close()
    }

    @Test("A session of a supplier opens nothing of the desk, and one of the desk nothing of a supplier")
    func apart() async throws {
        let desk = try await PortalDesk()
        let ticket = try await desk.refer()
        var supplier = try await desk.browser(of: "noc@fjordnett.example")
        for path in ["/desk", "/tickets", "/tickets/\(ticket.number)", "/desk/tickets/\(ticket.number)"] {
            #expect(await supplier.get(path).status == .seeOther, "\(path)")
        }
        var agent = try await desk.site.browser(of: "ingrid.solberg@norrsken.example")
        #expect(await agent.get("/supplier/portal").status == .seeOther)
        #expect(await agent.get(try await desk.exchange(of: ticket)).status == .seeOther)
        await desk.close()
    }
}
