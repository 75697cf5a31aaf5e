import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("Asking for help", .database(template: TestDesk.template))
struct AskingTests {
    static let request: HTTP.Query = [
        "email": "kari@customer.example", "name": "Kari Nordmann", "subject": "The printer is on fire",
        "text": "Smoke comes out of it.\n\nPlease help.", "site": "OSL",
    ]

    @Test("The form makes a ticket, with its files, and leads to its number and a link that follows it")
    func ask() async throws {
        let site = try TestSite()
        var browser = site.browser()
        expectPage(await browser.get("/"))
        let sent = await browser.post("/tickets", Self.request, files: [("a.txt", "text/plain", Array("hot".utf8))])
        #expect(sent.status == .seeOther)
        let receipt = await browser.open(try #require(sent.fields[.location]))
        expectPage(receipt)
        #expect(receipt.text.contains("OSL-1"))
        let link = try #require(receipt.text.firstMatch(of: /href="(\/tickets\/OSL-1\?key=[^"]+)"/)).output.1
        let ticket = await browser.get(String(link))
        expectPage(ticket)
        #expect(ticket.text.contains("The printer is on fire"))
        #expect(ticket.text.contains("Smoke comes out of it."))
        let number = try #require(TicketNumber("OSL-1"))
        let view = try #require(await site.behind.store.view(of: number, seeing: .desk, including: true))
        #expect(view.ticket.channel == .web)
        #expect(view.requester.address == "kari@customer.example")
        #expect(view.entries.first?.attachments.map(\.name) == ["a.txt"])
        await site.close()
    }

    @Test("The same form sent twice is one ticket")
    func twice() async throws {
        let site = try TestSite()
        var browser = site.browser()
        _ = await browser.get("/")
        let token = browser.token
        let first = await browser.post("/tickets", Self.request, token: token)
        let second = await browser.post("/tickets", Self.request, token: token)
        #expect(first.fields[.location] == second.fields[.location])
        #expect(try await TestDatabase.current.first("select count(*) from ticket", as: Int.self) == 1)
        await site.close()
    }

    @Test("What is missing or wrong is named at once, beside its field, and everything written is kept")
    func faults() async throws {
        let site = try TestSite()
        var browser = site.browser()
        _ = await browser.get("/")
        let response = await browser.post(
            "/tickets",
            ["email": "kari@customer", "name": "Kari \"K\" <b>", "subject": "", "text": "", "site": "ATLANTIS"])
        expectPage(response, .unprocessableContent)
        let (text, wording) = (response.text, Wording(.english))
        #expect(text.contains("<title>\(wording(.errorTitle, ["title": wording(.portalTitle)]))"))
        for phrase in [Catalogue.Phrase.errorEmailFormat, .errorSubjectMissing, .errorTextMissing] {
            #expect(text.components(of: wording(phrase)) == 2, "\(phrase) in the summary and at the field")
        }
        #expect(text.contains("href=\"#ask-subject\""))
        #expect(text.contains("value=\"kari@customer\""))
        #expect(text.contains("value=\"Kari &quot;K&quot; &lt;b&gt;\""))
        #expect(text.contains("aria-invalid=\"true\""))
        #expect(try await TestDatabase.current.first("select count(*) from ticket", as: Int.self) == 0)
        await site.close()
    }

    @Test("Too many files and too large ones are refused by name")
    func files() async throws {
        let site = try TestSite()
        var browser = site.browser()
        _ = await browser.get("/")
        let six = (1...6).map { ("f\($0).txt", "text/plain", Array("x".utf8)) }
        expectPage(await browser.post("/tickets", Self.request, files: six), .unprocessableContent)
        let huge = ("huge.bin", "application/octet-stream", [UInt8](repeating: 7, count: 10_000_001))
        let response = await browser.post("/tickets", Self.request, files: [huge])
        expectPage(response, .unprocessableContent)
        #expect(response.text.contains("huge.bin"))
        await site.close()
    }

    @Test("A subject is text, whatever it tries to be")
    func hostile() async throws {
        let site = try TestSite()
        var browser = site.browser()
        _ = await browser.get("/")
        var request = HTTP.Query()
        for pair in Self.request.pairs where pair.name != "subject" && pair.name != "text" {
            request.append(pair.name, pair.value)
        }
        request.append("subject", "</title><script>alert(1)</script><img src=x onerror=\"a()\">")
        request.append("text", "<script>alert(2)</script> javascript: https://example.com/?a=\"b")
        let sent = await browser.post("/tickets", request)
        let receipt = await browser.open(try #require(sent.fields[.location]))
        let link = try #require(receipt.text.firstMatch(of: /href="(\/tickets\/OSL-1\?key=[^"]+)"/)).output.1
        let text = await browser.get(String(link)).text
        #expect(!text.contains("<script"))
        #expect(!text.contains("<img"))
        #expect(text.contains("&lt;script&gt;alert(1)"))
        await site.close()
    }

    @Test("The portal speaks every language", arguments: Language.allCases)
    func languages(language: Language) async throws {
        let site = try TestSite()
        var browser = site.browser()
        browser.acceptLanguage = language.tag
        let form = await browser.get("/")
        expectPage(form)
        #expect(form.text.contains(Wording(language)(.portalSubmit)))
        let sent = await browser.post("/tickets", Self.request)
        let receipt = await browser.open(try #require(sent.fields[.location]))
        expectPage(receipt)
        let link = try #require(receipt.text.firstMatch(of: /href="(\/tickets\/OSL-1\?key=[^"]+)"/)).output.1
        let ticket = await browser.get(String(link))
        expectPage(ticket)
        #expect(ticket.text.contains(Wording(language)(.timelineTitle)))
        await site.close()
    }
}

extension String {
    func components(of text: String) -> Int { ranges(of: text).count }
}
