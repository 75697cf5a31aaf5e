import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Moments
import PostgresTestSupport
import Runtime
import Testing
import WebTestSupport

@Suite("Signing in", .database(template: TestDesk.template))
struct SignInTests {
    private static let agent = "kari.nordmann@norrsken.example"

    @Test("The right password opens the queue, with a cookie that only our pages get, over TLS, unseen by scripts")
    func right() async throws {
        let site = try TestSite()
        try await site.givePassword(to: Self.agent)
        var browser = site.browser()
        expectPage(await browser.get("/sign-in"))
        let response = try await browser.signIn(Self.agent, TestSite.password)
        #expect(response.status == .seeOther)
        #expect(response.fields[.location] == "/desk")
        let cookie = try #require(response.fields.all(.setCookie).first { $0.hasPrefix("__Host-sid=") })
        for part in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] { #expect(cookie.contains(part)) }
        expectPage(await browser.get("/desk"))
        await site.close()
    }

    @Test("A wrong password and an unknown address are answered alike, and neither signs in")
    func wrong() async throws {
        let site = try TestSite()
        try await site.givePassword(to: Self.agent)
        var pages: [String] = []
        for (address, password) in [(Self.agent, "guess"), ("nobody@norrsken.example", TestSite.password)] {
            var browser = site.browser()
            let response = try await browser.signIn(address, password)
            expectPage(response, .unprocessableContent)
            #expect(browser.cookies["__Host-sid"] == nil)
            let token = browser.token
            pages.append(response.text.replacing(token, with: "").replacing(address, with: ""))
        }
        #expect(pages[0] == pages[1])
        await site.close()
    }

    @Test("Nobody may go on guessing: after ten tries even the right password waits for the next hour")
    func throttled() async throws {
        let site = try TestSite()
        try await site.givePassword(to: Self.agent)
        var browser = site.browser()
        for _ in 0..<10 { expectPage(try await browser.signIn(Self.agent, "guess"), .unprocessableContent) }
        let refused = try await browser.signIn(Self.agent, TestSite.password)
        expectPage(refused, .tooManyRequests)
        #expect(refused.fields[.retryAfter] == "3600")
        site.desk.time.advance(by: .seconds(3600))
        #expect(try await browser.signIn(Self.agent, TestSite.password).status == .seeOther)
        await site.close()
    }

    @Test(
        "Who signs in from a page comes back to it, and from the first one to where his work is",
        arguments: [
            ("/", "/sign-in", "/desk"), ("/signed-out", "/sign-in", "/desk"),
            (
                "/articles?words=a%26b&theme=dark", "/sign-in?to=%2Farticles%3Fwords%3Da%2526b",
                "/articles?words=a%26b"
            ),
            ("/sign-in?to=%2Fdesk%2Fmail", "/sign-in?to=%2Fdesk%2Fmail", "/desk/mail"),
            ("/nowhere", "/sign-in?to=%2Fnowhere", "/nowhere"),
        ])
    func comesBack(place: String, expected: String, destination: String) async throws {
        let site = try TestSite()
        try await site.givePassword(to: Self.agent)
        var browser = site.browser()
        _ = await browser.get(place)
        let found = try #require(browser.page.firstMatch(of: /<a href="(\/sign-in[^"]*)">Sign in</)).1
        let link = String(found).replacing("&amp;", with: "&")
        #expect(link == expected)
        _ = await browser.get(link)
        let to = browser.hidden("to").replacing("&amp;", with: "&")
        let response = await browser.post(
            "/sign-in", ["email": Self.agent, "password": TestSite.password, "to": to])
        #expect(response.fields[.location] == destination)
        await site.close()
    }

    @Test(
        "Nobody is sent elsewhere after signing in", arguments: ["//evil.example/a", "https://evil.example", "/\\evil"])
    func staysHere(place: String) async throws {
        let site = try TestSite()
        try await site.givePassword(to: Self.agent)
        var browser = site.browser()
        let response = try await browser.signIn(Self.agent, TestSite.password, to: place)
        #expect(response.fields[.location] == "/desk")
        await site.close()
    }

    @Test("Signing out ends the session, wherever its cookie is shown afterwards")
    func signOut() async throws {
        let site = try TestSite()
        var browser = try await site.browser(of: Self.agent)
        let stolen = browser.cookies
        _ = await browser.get("/desk")
        let response = await browser.post("/sign-out", [:])
        #expect(response.fields[.location] == "/signed-out")
        #expect(browser.cookies["__Host-sid"] == nil)
        expectPage(await browser.get("/signed-out"))
        browser.cookies = stolen
        let late = await browser.get("/desk")
        #expect(late.status == .seeOther)
        #expect(late.fields[.location] == "/sign-in?to=%2Fdesk&ended=yes")
        await site.close()
    }

    @Test("A password kept at a cost of former days is kept at today's from the first sign-in on; sessions go on")
    func dated() async throws {
        let site = try TestSite()
        var elsewhere = try await site.browser(of: Self.agent)
        let former = try await site.keepPasswordAtFormerCost(of: Self.agent)
        var browser = site.browser()
        expectPage(try await browser.signIn(Self.agent, "guess"), .unprocessableContent)
        #expect(try await site.keptPassword(of: Self.agent) == former, "a wrong password changes nothing")
        #expect(try await browser.signIn(Self.agent, TestSite.password).status == .seeOther)
        let kept = try #require(await site.keptPassword(of: Self.agent))
        #expect(former.hasPrefix("$scrypt$ln=3,") && kept.hasPrefix("$scrypt$ln=4,"), "\(kept)")
        expectPage(await elsewhere.get("/desk"))
        #expect(try await browser.signIn(Self.agent, TestSite.password).status == .seeOther)
        #expect(try await site.keptPassword(of: Self.agent) == kept, "what is kept at today's cost stays")
        await site.close()
    }

    @Test("A stranger is sent to sign in and from there to the page he wanted, never to another site")
    func destination() async throws {
        let site = try TestSite()
        try await site.givePassword(to: Self.agent)
        var browser = site.browser()
        let sent = await browser.get("/desk?show=mine")
        #expect(sent.fields[.location] == "/sign-in?to=%2Fdesk%3Fshow%3Dmine")
        let back = try await browser.signIn(Self.agent, TestSite.password, to: "/desk?show=mine")
        #expect(back.fields[.location] == "/desk?show=mine")
        for elsewhere in ["https://evil.example/", "//evil.example/", "/\\evil.example"] {
            let response = try await browser.signIn(Self.agent, TestSite.password, to: elsewhere)
            #expect(response.fields[.location] == "/desk")
        }
        await site.close()
    }

    @Test("A session ends after half an hour without a request, and with the desk in use after twelve hours")
    func timeouts() async throws {
        let site = try TestSite()
        var browser = try await site.browser(of: Self.agent)
        for _ in 0..<35 {
            site.desk.time.advance(by: .seconds(20 * 60))
            #expect(await browser.get("/desk").status == .ok)
        }
        site.desk.time.advance(by: .seconds(20 * 60))
        #expect(await browser.get("/desk").status == .seeOther)
        var idle = try await site.browser(of: Self.agent)
        site.desk.time.advance(by: .seconds(31 * 60))
        #expect(await idle.get("/desk").status == .seeOther)
        await site.close()
    }

    @Test("On one machine over plain HTTP the cookie does without TLS, so that the desk can be tried out")
    func loopback() async throws {
        let site = try TestSite(publicURL: "http://127.0.0.1:8080")
        let browser = try await site.browser(of: Self.agent)
        #expect(browser.cookies["sid"]?.count == 43)
        await site.close()
    }

    @Test("Who only asks for help may not see the queue, and a manager who works on no tickets neither")
    func roles() async throws {
        let site = try TestSite()
        var manager = try await site.browser(of: "henrik.lund@norrsken.example")
        expectPage(await manager.get("/desk"), .forbidden)
        await site.close()
    }
}
