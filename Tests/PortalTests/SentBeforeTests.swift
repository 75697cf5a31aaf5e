import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing
import WebTestSupport

@Suite("The same words sent again", .database(template: TestDesk.template))
struct SentBeforeTests {
    private var tickets: [String] {
        get async throws {
            try await TestDatabase.current.all("select number from ticket order by id", as: String.self)
        }
    }

    /// The request of the tests with another value in one field.
    private func request(with value: String, as name: String) -> HTTP.Query {
        var form = HTTP.Query()
        for pair in AskingTests.request.pairs { form.append(pair.name, pair.name == name ? value : pair.value) }
        return form
    }

    @Test("Whoever sends the same words again is shown the ticket that he has, and can send them as a new request")
    func again() async throws {
        let site = try TestSite()
        var browser = site.browser()
        _ = await browser.get("/")
        _ = await browser.post("/tickets", AskingTests.request)
        // From another machine, and not letter by letter the same.
        var other = site.browser()
        _ = await other.get("/")
        var form = request(with: "  SMOKE comes out of it. Please help.", as: "text")
        let shown = await other.post("/tickets", form)
        expectPage(shown)
        let wording = Wording(.english)
        #expect(shown.text.contains(wording(.sentBeforeTitle, ["number": "OSL-1"])))
        #expect(shown.text.contains(wording(.sentBeforeMail, ["email": "kari@customer.example"])))
        #expect(!shown.text.contains("href=\"/tickets/OSL-1\""), "it would lead to signing in")
        #expect(!shown.text.contains("?key="), "words and an address that others may know open nothing")
        #expect(shown.text.contains("SMOKE comes out of it."), "what was written is kept")
        #expect(try await tickets == ["OSL-1"])
        form.append("again", other.hidden("again"))
        let anyway = await other.post("/tickets", form)
        #expect(anyway.fields[.location]?.hasPrefix("/tickets/OSL-2/receipt?key=") == true)
        #expect(try await tickets == ["OSL-1", "OSL-2"])
        await site.close()
    }

    @Test("Somebody else with the same words, and the same person after an hour or with other files, is just taken")
    func others() async throws {
        let site = try TestSite()
        var browser = site.browser()
        _ = await browser.get("/")
        _ = await browser.post("/tickets", AskingTests.request)
        #expect(await browser.post("/tickets", request(with: "ola@customer.example", as: "email")).status == .seeOther)
        let file = (name: "a.txt", type: "text/plain", bytes: Array("hot".utf8))
        #expect(await browser.post("/tickets", AskingTests.request, files: [file]).status == .seeOther)
        site.desk.time.advance(by: .seconds(3601))
        _ = await browser.get("/")
        #expect(await browser.post("/tickets", AskingTests.request).status == .seeOther)
        #expect(try await tickets.count == 4)
        await site.close()
    }

    @Test("A form with files that a browser sends twice, each time parted in another way, is one ticket, also anyway")
    func doubled() async throws {
        let site = try TestSite()
        var browser = site.browser()
        _ = await browser.get("/")
        let file = (name: "a.txt", type: "text/plain", bytes: Array("hot".utf8))
        for names in [[], ["again"]] {
            var form = AskingTests.request
            for name in names { form.append(name, "yes") }
            let token = browser.token
            var places: Set<String?> = []
            for boundary in ["boundary-1", "boundary-2"] {
                let sent = await browser.post(
                    "/tickets", form, files: [file], token: token, boundary: boundary)
                places.insert(sent.fields[.location])
            }
            #expect(places.count == 1 && places.first??.contains("/receipt?key=") == true)
        }
        #expect(try await tickets == ["OSL-1", "OSL-2"])
        await site.close()
    }

    @Test("What came by mail is known on the portal, also where an article is offered; an account leads to its page")
    func byMail() async throws {
        let site = try TestSite()
        let address = "kari.nordmann@norrsken.example"
        var submission = TestDesk.submission(from: address)
        submission.text = "Smoke comes out of it.\nPlease help."
        try await site.desk.store.transaction { [submission] (transaction: borrowing Transaction) in
            let record = try await site.desk.store.accept(submission, using: transaction)
            let enquiry = Enquiry(
                at: "hjelp@oslo.norrsken.example", from: address, messageID: "m1",
                EnquiryWords(subject: submission.subject, text: submission.text), files: [])
            transaction.keep(enquiry, as: record.ticket.id, now: TestDesk.monday)
        }
        let words = ArticleDraft(
            language: "nb", title: "A printer on fire", text: "Pull the plug.", readers: .everybody)
        _ = try await site.behind.store.bring([ImportedArticle(source: "fire", words: words)])
        var browser = try await site.browser(of: address)
        _ = await browser.get("/")
        let shown = await browser.post("/tickets", request(with: address, as: "email"))
        expectPage(shown)
        let wording = Wording(try #require(Language(tag: "nb")))
        let number = try #require(await tickets.first)
        #expect(shown.text.contains(wording(.sentBeforeTitle, ["number": number])))
        #expect(!shown.text.contains(wording(.sentBeforeMail, ["email": address])))
        #expect(shown.text.contains("href=\"/tickets/\(number)\""))
        #expect(!shown.text.contains("Pull the plug."), "nothing is offered for what was sent already")
        #expect(await browser.get("/tickets/\(number)").status == .ok)
        #expect(try await tickets.count == 1)
        await site.close()
    }
}
