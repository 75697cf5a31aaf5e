import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Runtime
import Testing
import WebTestSupport

@Suite(
    "Hints that something has changed since", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct ChangesOnPagesTests {
    /// Where the script of the last page asks.
    private func asked(_ browser: Browser) throws -> String {
        let place = try #require(browser.page.firstMatch(of: /data-changes="([^"]+)"/)).1
        return String(place).replacing("&amp;", with: "&")
    }

    /// Something happens to a ticket.
    private func happen(to ticket: Ticket, _ site: TestSite) async throws {
        let recording = Recording(by: .program, note: Note("Look.", visibility: .internal, channel: .web))
        try await site.behind.store.record(on: ticket.number, seeing: .desk, recording) {
            .noteAdded(try #require($0.entry))
        }
    }

    /// All that comes on a stream until it ends.
    private func stream(_ place: String, in browser: Browser) async throws -> String {
        var browser = browser
        let response = await browser.get(place)
        try #require(response.fields[.contentType] == "text/event-stream", "\(response.status)")
        return try await TestDatabase.loops.next().run {
            String(decoding: try await response.collected(), as: UTF8.self)
        }
    }

    @Test("The words of a hint wait on the page in its language, unseen without the script, which is a file of ours")
    func words() async throws {
        let site = try TestSite(watches: true)
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        for language in Language.allCases {
            for (place, phrase) in [("/desk/tickets/\(ticket.number)", Phrase.hintTicket), ("/desk", .hintList)] {
                expectPage(await browser.get("\(place)?language=\(language.tag)"))
                let template = browser.page.firstMatch(of: /role="status"[^>]*><template>(.*?)<\/template>/)
                #expect(template?.1.contains(Wording(language)(phrase)) == true, "\(language.tag) \(place)")
            }
        }
        let script = try #require(browser.page.firstMatch(of: /<script src="([^"]+)" defer>/)).1
        let file = await browser.get(String(script))
        #expect(file.status == .ok && file.fields[.contentType] == "text/javascript; charset=utf-8")
        #expect(file.fields[.cacheControl]?.contains("immutable") == true)
        // What the page's policy forbids, or what would take the reader elsewhere.
        for word in ["innerHTML", "eval(", "reload", "location.assign", "location ="] {
            #expect(!file.text.contains(word), "\(word)")
        }
        await site.close()
    }

    @Test("Where nobody listens for what happens, the page says nothing of it")
    func unwatched() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        expectPage(await browser.get("/desk/tickets/\(ticket.number)"))
        #expect(!browser.page.contains("data-changes"))
        #expect(await browser.get("/desk/tickets/\(ticket.number)/changes?after=1").status == .notFound)
        await site.close()
    }

    @Test("What happened since the page was made is told once, as a number and nothing more; then the stream ends")
    func told() async throws {
        let site = try TestSite(watches: true)
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        expectPage(await browser.get("/desk/tickets/\(ticket.number)"))
        let place = try asked(browser)
        let stop = StopSignal()
        async let watched: Void = site.watch.run(until: stop)
        let reader = browser
        async let told = stream(place, in: reader)
        try await happen(to: ticket, site)
        let revision = try #require(
            try await site.behind.store.revision(of: ticket.number, seeing: .desk))
        #expect(try await told.contains("event: changed\nid: \(revision)\ndata: \(revision)\n"))
        // The page that is shown then waits for what comes after.
        expectPage(await browser.get("/desk/tickets/\(ticket.number)"))
        #expect(try asked(browser).hasSuffix("after=\(revision)"))
        stop.raise()
        try await watched
        await site.close()
    }

    @Test("Who does not see a ticket hears nothing of it, and who has signed out hears no more")
    func unseen() async throws {
        let site = try TestSite(watches: true)
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)/changes?after=0"
        var elsewhere = try await site.browser(of: "jan.kowalski@norrsken.example")
        #expect(await elsewhere.get(place).status == .notFound)
        var stranger = site.browser()
        #expect(await stranger.get(place).status == .seeOther)

        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        let response = await browser.get(place)
        expectPage(await browser.get("/desk"))
        _ = await browser.post("/sign-out", [:])
        let told = try await TestDatabase.loops.next().run {
            String(decoding: try await response.collected(), as: UTF8.self)
        }
        #expect(!told.contains("changed"), "\(told)")
        await site.close()
    }

    @Test("The list's mark stays while its rows say the same, and is another one when one of them does not")
    func mark() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        expectPage(await browser.get("/desk?show=teams&language=en"))
        let place = try asked(browser)
        #expect(place.hasPrefix("/desk/changes?show=teams&mark="))
        let shown = try #require(place.split(separator: "=").last)
        func mark() async throws -> String? { try JSON.parse(await browser.get(place).text)["mark"]?.string }
        #expect(try await mark() == String(shown))
        try await happen(to: ticket, site)
        #expect(try await mark() == String(shown), "a note is not seen on the list")
        try await site.behind.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.solved, note: nil)
        }
        #expect(try await mark() != String(shown))
        var stranger = site.browser()
        #expect(await stranger.get("/desk/changes").status == .seeOther)
        await site.close()
    }
}
