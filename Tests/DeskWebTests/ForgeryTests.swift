import DeskTestSupport
import DeskWeb
import HTTP
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("Forms that are not ours", .database(template: TestDesk.template))
struct ForgeryTests {
    private static let agent = "kari.nordmann@norrsken.example"

    @Test("A form without its token, or with the token of another session, is refused")
    func token() async throws {
        let site = try TestSite()
        var browser = try await site.browser(of: Self.agent)
        var other = try await site.browser(of: "ola.hansen@norrsken.example")
        _ = await browser.get("/desk")
        _ = await other.get("/desk")
        for token in ["", "0.0", other.token, String(browser.token.reversed())] {
            expectPage(await browser.post("/sign-out", [:], token: token), .forbidden)
        }
        #expect(await browser.get("/desk").status == .ok, "the session goes on")
        await site.close()
    }

    @Test("A page of another site cannot send our forms, even with the right token")
    func origin() async throws {
        let site = try TestSite()
        var browser = try await site.browser(of: Self.agent)
        _ = await browser.get("/desk")
        let token = browser.token
        let foreign: [Fields] = [
            ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "none"],
            [.origin: "https://evil.example"], [.origin: "null"], [:],
            [.referer: "https://desk.norrsken.example.evil.example/desk"],
        ]
        for marks in foreign {
            var fields = browser.fields
            for (name, value) in marks { fields[name] = value }
            fields[.contentType] = "application/x-www-form-urlencoded"
            let body = RequestBody("form_token=\(token)")
            expectPage(await browser.send(Request(.post, "/sign-out", fields: fields, body: body)), .forbidden)
        }
        var fields = browser.fields
        fields[.contentType] = "application/x-www-form-urlencoded"
        fields[.origin] = "https://desk.norrsken.example"
        let own = Request(.post, "/sign-out", fields: fields, body: RequestBody("form_token=\(token)"))
        #expect(await browser.send(own).status == .seeOther, "a browser that knows only Origin")
        await site.close()
    }

    @Test("Even the form to sign in holds a token that another browser's form does not")
    func beforeSignIn() async throws {
        let site = try TestSite()
        try await site.givePassword(to: Self.agent)
        var (browser, attacker) = (site.browser(), site.browser())
        _ = await browser.get("/sign-in")
        _ = await attacker.get("/sign-in")
        let response = await browser.post(
            "/sign-in", ["email": Self.agent, "password": TestSite.password], token: attacker.token)
        expectPage(response, .forbidden)
        await site.close()
    }
}
