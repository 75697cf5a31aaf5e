import BrowserTestSupport
import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite(
    "Hints in a real browser", .database(template: TestDesk.template), .timeLimit(.minutes(3)),
    .enabled(if: ChromeDriver.isInstalled, "chromedriver and chromium are not installed"))
struct HintsInBrowserTests {
    private static let words = Wording(.english)
    private static let reply = "form[action$='/replies']"
    private static let written = "\(reply) textarea[name='note']"

    /// Opens a page in a browser as the agent, who signs in for it.
    private static func browse(
        to place: @escaping (Ticket) -> String, before: (ChromeDriver) async throws -> Void = { _ in },
        _ body: (ChromeDriver, TestSite, Ticket) async throws -> Void
    ) async throws {
        try await ChromeDriver.run { driver in
            try await TestSite.serve { site in
                let ticket = try await JourneyOnPagesTests.routed(on: site)
                try await site.givePassword(to: JourneyOnPagesTests.agent)
                try await ChromeDriver.browse(on: TestDatabase.loops, port: driver) { browser in
                    try await before(browser)
                    try await browser.open("\(site.website.publicURL)sign-in?language=en&to=\(place(ticket))")
                    try await browser.type(JourneyOnPagesTests.agent, into: "input[name='email']")
                    try await browser.type(TestSite.password, into: "input[name='password']")
                    try await browser.click("form[action='/sign-in'] button")
                    try await browser.wait(for: "[data-changes]")
                    try await body(browser, site, ticket)
                }
            }
        }
    }

    private static func happen(_ text: String, to ticket: Ticket, _ site: TestSite) async throws {
        let recording = Recording(by: .program, note: Note(text, visibility: .internal, channel: .web))
        try await site.behind.store.record(on: ticket.number, seeing: .desk, recording) {
            .noteAdded(try #require($0.entry))
        }
    }

    private static func count(_ selector: String, in browser: ChromeDriver) async throws -> String {
        try await browser.run("return String(document.querySelectorAll(\"\(selector)\").length)")
    }

    @Test("A change is told where something is being written: the words stay, and the change is shown beside them")
    func writing() async throws {
        try await Self.browse(to: { "/desk/tickets/\($0.number)" }) { browser, site, ticket in
            let place = try await browser.place()
            try await browser.click("details:has(> \(Self.reply)) > summary")
            try await browser.type("We are looking", into: Self.written)
            #expect(try await Self.count(".changes-told", in: browser) == "0")
            try await Self.happen("Somebody called.", to: ticket, site)
            try await browser.wait(for: ".changes-told")
            let told = try await browser.text(of: ".changes-told")
            #expect(told.contains(Self.words(.hintTicket)) && told.contains(Self.words(.hintDraft)), "\(told)")
            try await browser.type(" at it.", into: Self.written)
            let value = "return document.querySelector(\"\(Self.written)\").value"
            #expect(try await browser.run(value) == "We are looking at it.")

            // Put off, it comes again with what happens next, and is shown in a tab of its own.
            try await browser.click(".changes-told button")
            #expect(try await Self.count(".changes-told", in: browser) == "0")
            try await Self.happen("Somebody called again.", to: ticket, site)
            try await browser.click(".changes-told a")
            #expect(try await browser.windows() == 2)
            #expect(try await browser.place() == place)
            #expect(try await browser.run(value) == "We are looking at it.")
            #expect(try await !browser.text(of: "main").contains("Somebody called"), "nothing is loaded by itself")
        }
    }

    @Test("Where nothing is written the hint leads to what has changed, on the same page")
    func reading() async throws {
        try await Self.browse(to: { "/desk/tickets/\($0.number)" }) { browser, site, ticket in
            try await Self.happen("Somebody called.", to: ticket, site)
            try await browser.wait(for: ".changes-told")
            #expect(try await !browser.text(of: ".changes-told").contains(Self.words(.hintDraft)))
            try await browser.click(".changes-told a")
            #expect(try await browser.text(of: "main").contains("Somebody called."))
            #expect(try await browser.windows() == 1)
            #expect(try await Self.count(".changes-told", in: browser) == "0")
        }
    }

    @Test("The queue asks every now and then, and tells when a row of it has changed")
    func queue() async throws {
        let place = { (_: Ticket) in "/desk?show=teams" }
        try await Self.browse(to: place, before: { try await $0.hurry(50) }) { browser, site, ticket in
            try await site.behind.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
                .resolved(.solved, note: nil)
            }
            try await browser.wait(for: ".changes-told")
            #expect(try await browser.text(of: ".changes-told").contains(Self.words(.hintList)))
            try await browser.click(".changes-told a")
            try await browser.wait(for: "[data-changes]")
            #expect(try await browser.text(of: "main").contains(Self.words(.stateResolved)))
        }
    }

    @Test("Without script the page says and offers the same, but for the hint, and what is written there is sent")
    func withoutScript() async throws {
        try await Self.browse(to: { "/desk/tickets/\($0.number)" }) { browser, site, ticket in
            let place = try await browser.place()
            let all = "return document.body.innerText + document.querySelectorAll('form, a, button, input').length"
            let shown = try await browser.run(all)
            try await browser.allowScripts(false)
            try await browser.open(place)
            #expect(try await browser.run(all) == shown && shown.count > 1_000)
            try await Self.happen("Somebody called.", to: ticket, site)
            try await browser.open(place)
            try await browser.click("details:has(> \(Self.reply)) > summary")
            try await browser.type("We are looking at it.", into: Self.written)
            try await browser.click("\(Self.reply) button[type='submit']")
            try await browser.wait(for: ".notice-good")
            let main = try await browser.text(of: "main")
            #expect(main.contains("We are looking at it.") && main.contains("Somebody called."))
            #expect(try await Self.count(".changes-told", in: browser) == "0")
        }
    }
}
