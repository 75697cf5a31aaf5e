import Catalogue
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Intake
import Mail
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing
import WebTestSupport

@Suite("Mail that came through the door, on the pages of the desk", .database(template: TestDesk.template))
struct ReceivedMailOnPagesTests {
    private let site: TestSite
    private let door: MailDoor

    init() throws {
        let desk = try TestDesk(as: "meridian_intake")
        let door = MailDoor(store: desk.store, keys: MasterKeys(id: "test", key: .random()), log: .silent)
        self.door = door
        site = try TestSite(sortAnew: { try await door.replay($0, seeing: $1) })
    }

    /// Has a mail to the desk in Oslo come in.
    ///
    /// - Returns: what the mail system hears.
    private func deliver(_ content: String, _ id: String = "m1") async throws -> String {
        let text = """
            From: Kari <kari@customer.example>
            To: hjelp@oslo.norrsken.example
            Subject: The printer \(id)
            Message-ID: <\(id)@customer.example>
            \(content)

            """
        let envelope = Envelope(
            sender: Address("kari@customer.example"),
            recipients: [try #require(Address("hjelp@oslo.norrsken.example"))])
        let answers = await door.deliver(envelope, Array(text.replacing("\n", with: "\r\n").utf8))
        return try #require(answers.first).text
    }

    /// The page of the ticket that a mail became, in a browser of an agent.
    private func page(of answer: String, _ browser: inout Browser, _ language: Language) async throws -> String {
        let number = try #require(answer.split(separator: " ").last)
        expectPage(await browser.get("/desk/tickets/\(number)?language=\(language.tag)"))
        return browser.page
    }

    @Test("Of a mail that is encrypted the ticket's page says so, in each language, and what to do; its file is there")
    func encrypted() async throws {
        let answer = try await deliver(
            """
            MIME-Version: 1.0
            Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m
            Content-Transfer-Encoding: base64

            MIIBjwYJKoZIhvcNAQcD
            """)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        for language in Language.allCases {
            let page = try await page(of: answer, &browser, language)
            #expect(page.contains(Wording(language)(.mailEncrypted)), "\(language.tag)")
            #expect(page.contains("smime.p7m"))
        }
        // A mail with words of its own says those.
        let other = try await page(of: deliver("\nIt burns.", "m2"), &browser, .english)
        #expect(!other.contains(Wording(.english)(.mailEncrypted)) && other.contains("It burns."))
        await site.close()
    }

    @Test("Quotes and signatures are folded on the ticket's page, each by its name, and all of the words are there")
    func folds() async throws {
        let answer = try await deliver(
            """

            It still burns.

            On Mon, 2 Mar 2026 at 09:41, Desk <desk@norrsken.example> wrote:
            > Have you tried <water>?
            > Kind regards

            -\u{20}
            Kari Nordmann
            +47 22 00 00 00
            """.replacing("-\u{20}\n", with: "-- \n"))
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        for language in Language.allCases {
            let page = try await page(of: answer, &browser, language)
            let folds = page.matches(
                of: /<details class="fold"><summary>([^<]*)<\/summary><div class="stack">(.*?)<\/details>/
                    .dotMatchesNewlines())
            let wording = Wording(language)
            #expect(folds.map { String($0.1) } == [wording(.foldQuote), wording(.foldSignature)], "\(language.tag)")
            try #require(folds.count == 2)
            #expect(folds[0].2.contains("Have you tried &lt;water&gt;?") && folds[1].2.contains("+47 22 00 00 00"))
            #expect(!folds.contains { $0.2.contains("It still burns.") } && page.contains("It still burns."))
        }
        await site.close()
    }

    @Test("In the frame of a mail what it repeats is folded, its own words are not, and nothing in it can do anything")
    func frame() async throws {
        let answer = try await deliver(
            """
            MIME-Version: 1.0
            Content-Type: text/html; charset=utf-8

            <p>It <b>still</b> burns.</p><script>alert(1)</script>
            <div class="gmail_quote"><div class="gmail_attr">On Monday Desk wrote:</div>
            <blockquote class="gmail_quote">Have you tried water?</blockquote></div>
            """)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        for language in Language.allCases {
            let page = try await page(of: answer, &browser, language)
            let frame = try #require(page.firstMatch(of: /<iframe [^>]*sandbox="([^"]*)"[^>]*src="([^"]+)"/))
            #expect(!frame.1.contains("allow-scripts") && !frame.1.contains("allow-same-origin"))
            let shown = await browser.get(String(frame.2))
            #expect(shown.status == .ok)
            let policy = try #require(shown.fields["Content-Security-Policy"])
            #expect(policy.hasPrefix("sandbox ") && !policy.contains("allow-scripts"))
            let fold = try #require(
                shown.text.firstMatch(of: /<details class="mail-quotation"[^>]*>(.*)<\/details>/.dotMatchesNewlines()))
            #expect(fold.1.contains("<summary") && fold.1.contains(Wording(language)(.foldQuote)), "\(language.tag)")
            #expect(fold.1.contains("Have you tried water?") && !fold.1.contains("burns"))
            #expect(shown.text.contains("<b>still</b>") && !shown.text.contains("<script"))
        }
        await site.close()
    }

    @Test("A parked mail that is released on its page becomes a ticket with its words, once, and the page leads to it")
    func release() async throws {
        try await TestDesk.apply(process: ["mails_per_sender": 1])
        #expect(try await deliver("\nThe first.", "m1").contains(" OSL-"))
        #expect(try await deliver("\nThe second.", "m2").contains("kept parked"))
        var browser = try await site.browser(of: MailOnPagesTests.administrator)
        expectPage(await browser.get("/desk/mail?kind=parked&language=en"))
        let place = String(try #require(browser.page.firstMatch(of: /<th scope="row"[^>]*><a href="([^"]+)"/)).1)
        let wording = Wording(.english)
        for phrase in [Phrase.inboundDoneSorted, .inboundSettled] {
            expectPage(await browser.get(place))
            let done = await browser.post("\(place)/replays", [:])
            #expect(done.status == .seeOther)
            expectPage(await browser.open(done.fields[.location] ?? "/"))
            #expect(browser.page.contains(wording(phrase)), "\(phrase)")
        }
        let ticket = try #require(browser.page.firstMatch(of: /\/desk\/tickets\/(OSL-\d+)/)).1
        let found = try await TestDatabase.current.all(
            "select e.text from entry e join ticket t on t.id = e.ticket where t.number = \(String(ticket))",
            as: String.self)
        #expect(found == ["The second."])
        #expect(try await TestDatabase.current.first("select count(*) from ticket", as: Int.self) == 2)
        await site.close()
    }
}
