import Catalogue
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("The frame of pages", .database(template: TestDesk.template))
struct FrameTests {
    @Test(
        "A page speaks the language that the browser likes, until another one is chosen", arguments: Language.allCases)
    func languages(language: Language) async throws {
        let site = try TestSite()
        var browser = site.browser()
        browser.acceptLanguage = "\(language.tag), en;q=0.1"
        let page = await browser.get("/sign-in")
        expectPage(page)
        #expect(page.text.contains("<html lang=\"\(language.tag)\""))
        #expect(page.text.contains("<h1>\(Wording(language)(.signInTitle))</h1>"))
        browser.acceptLanguage = "en"
        _ = await browser.get("/sign-in?language=\(language.tag)")
        #expect(await browser.get("/sign-in").text.contains("<html lang=\"\(language.tag)\""))
        await site.close()
    }

    @Test("Light and dark are remembered, and left to the device again when asked")
    func theme() async throws {
        let site = try TestSite()
        var browser = site.browser()
        #expect(await !browser.get("/sign-in").text.contains("data-theme"))
        _ = await browser.get("/sign-in?theme=dark")
        #expect(await browser.get("/sign-in").text.contains("data-theme=\"dark\""))
        _ = await browser.get("/sign-in?theme=system")
        #expect(await !browser.get("/sign-in").text.contains("data-theme"))
        _ = await browser.get("/sign-in?theme=%22onload")
        #expect(await !browser.get("/sign-in").text.contains("onload="))
        await site.close()
    }

    @Test("The stylesheet is kept for good under an address that names its content, and not fetched twice")
    func assets() async throws {
        let site = try TestSite()
        var browser = site.browser()
        let page = await browser.get("/sign-in").text
        let link = try #require(page.firstMatch(of: /\/assets\/desk\.css\?v=[0-9a-f]+/)).output
        let sheet = await browser.get(String(link))
        #expect(sheet.fields[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(sheet.fields[.contentType] == "text/css; charset=utf-8")
        #expect(sheet.text.contains(".masthead"))
        var fields = browser.fields
        fields[.ifNoneMatch] = sheet.fields[.entityTag]
        #expect(await browser.send(Request(.get, "/assets/desk.css", fields: fields)).status == .notModified)
        #expect(await browser.get("/favicon.svg").fields[.contentType] == "image/svg+xml")
        await site.close()
    }

    @Test("What does not exist is a page of the desk for people and a problem document for programs")
    func missing() async throws {
        let site = try TestSite()
        var browser = site.browser()
        expectPage(await browser.get("/nothing-here"), .notFound)
        let problem = await browser.get("/api/v1/nothing-here")
        #expect(problem.status == .notFound)
        #expect(problem.fields[.contentType] == "application/problem+json")
        await site.close()
    }

    @Test("Without its database the desk says so, and when to come back")
    func unavailable() async throws {
        let site = try TestSite()
        await site.close()
        let error = DatabaseError(.unreachable, at: CallSite())
        let response = await site.website.errorRenderer(error, Request(.get, "/desk"))
        expectPage(response, .serviceUnavailable)
        #expect(response.fields[.retryAfter] == "5")
    }

    @Test("Whoever has signed in keeps his frame on the pages that tell of errors, and can sign out there")
    func signedIn() async throws {
        let site = try TestSite()
        var browser = try await site.browser(of: "kari.nordmann@norrsken.example")
        for path in ["/nothing-here", "/desk/tickets/OSL-99", "/tickets/OSL-99"] {
            let page = await browser.get(path)
            expectPage(page, .notFound)
            #expect(
                page.text.contains("<bdi>Kari Nordmann</bdi>")
                    && page.text.contains("href=\"https://desk.norrsken.example/desk\""))
        }
        expectPage(await browser.post("/sign-out", [:], token: "0.0"), .forbidden)
        #expect(browser.page.contains("<bdi>Kari Nordmann</bdi>"))
        #expect(await browser.post("/sign-out", [:]).status == .seeOther, "the token of an error page is good")
        let stranger = await browser.get("/nothing-here?language=sv")
        #expect(stranger.text.contains("<a class=\"button button-secondary\" href=\"https://desk.norrsken.example/\">"))
        #expect(!stranger.text.contains("Kari Nordmann") && stranger.text.contains("lang=\"sv\""))
        #expect(await browser.get("/sign-in").text.contains("<html lang=\"sv\""), "the choice is remembered")
        await site.close()
    }

    @Test("An error page asks a database that is away for nothing, and is shown to a stranger if it cannot answer")
    func signedInWithoutDatabase() async throws {
        let site = try TestSite()
        let browser = try await site.browser(of: "kari.nordmann@norrsken.example")
        await site.close()
        let request = Request(.get, "/desk", fields: browser.fields)
        struct Fault: Error {}
        let errors: [(any Error, Status)] = [
            (DatabaseError(.unreachable, at: CallSite()), .serviceUnavailable), (Fault(), .internalServerError),
            (EndpointFault.noSuchPath, .notFound), (TurnedAway.notAllowed, .forbidden),
        ]
        for (error, status) in errors {
            let page = await site.website.errorRenderer(error, request)
            expectPage(page, status)
            #expect(!page.text.contains("Kari Nordmann"))
        }
    }

    @Test("An error of ours tells people nothing but a reference to the log")
    func failure() async throws {
        let site = try TestSite()
        struct Secret: Error {}
        var request = Request(.get, "/desk")
        request.id = "reference-4711"
        let response = await site.website.errorRenderer(Secret(), request)
        expectPage(response, .internalServerError)
        #expect(response.text.contains("reference-4711"))
        #expect(!response.text.contains("Secret"))
    }
}
