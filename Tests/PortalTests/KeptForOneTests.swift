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

@Suite("A kept request is its sender's alone, for a day", .database(template: TestDesk.template))
struct KeptForOneTests {
    private static let day = Duration.seconds(86_400)

    @Test("Another browser and another person neither see it, nor send it, nor give it up", arguments: [false, true])
    func others(isSignedIn: Bool) async throws {
        let site = try TestSite()
        let own = isSignedIn ? try await site.browser(of: "kari.nordmann@norrsken.example") : nil
        var (browser, place) = try await KeptSteps.reading(on: site, in: own)
        let form = KeptSteps.form(of: browser)
        for name in [nil, "ola.hansen@norrsken.example"] {
            var other = site.browser()
            if let name { other = try await site.browser(of: name) }
            _ = await other.get(place)
            #expect(await other.get(place).status == .notFound)
            #expect(!other.page.contains("Smoke") && !other.page.contains("b.bin"))
            let token = other.token
            expectPage(await other.post("/tickets", form, files: [], token: token), .unprocessableContent)
            _ = await other.post("\(place)/give-up", [:], token: token)
        }
        #expect(try await KeptSteps.count("ticket") == 0)
        #expect(try await KeptSteps.count("request_draft_file") == 2)
        expectPage(await browser.get(place))
        #expect(await browser.post("/tickets", KeptSteps.form(of: browser), files: []).status == .seeOther)
        #expect(try await KeptSteps.count("attachment") == 2)
        await site.close()
    }

    @Test("A person who has signed in finds it on the first page of any browser, a stranger in his own")
    func comingBack() async throws {
        let site = try TestSite()
        let kari = "kari.nordmann@norrsken.example"
        let (_, place) = try await KeptSteps.reading(on: site, in: try await site.browser(of: kari))
        var elsewhere = try await site.browser(of: kari)
        expectPage(await elsewhere.get("/"))
        #expect(elsewhere.page.contains("href=\"\(place)\"") && elsewhere.page.contains("The printer is on fire"))
        expectPage(await elsewhere.get(place))
        #expect(elsewhere.page.contains("b.bin"))
        var stranger = site.browser()
        for _ in 1...2 { expectPage(await stranger.get("/")) }
        #expect(!stranger.page.contains("/drafts/"))
        _ = await stranger.post("/tickets", AskingTests.request, files: [KeptSteps.files[0]])
        expectPage(await stranger.get("/"))
        #expect(stranger.page.contains("/drafts/") && !stranger.page.contains(place))
        await site.close()
    }

    @Test("A stranger who signs in finds what he began in that browser, and nobody else's; he sends it with its files")
    func signingIn() async throws {
        let site = try TestSite()
        var (stranger, place) = try await KeptSteps.reading(on: site)
        var other = site.browser()
        _ = await other.get("/")
        let others = await other.post("/tickets", AskingTests.request, files: [KeptSteps.files[0]])
        let foreign = try #require(others.fields[.location])
        let agent = "kari.nordmann@norrsken.example"
        try await site.givePassword(to: agent)
        let signedIn = try await stranger.signIn(agent, TestSite.password)
        expectPage(await stranger.open(try #require(signedIn.fields[.location])))
        #expect(stranger.page.contains("href=\"\(place)\"") && !stranger.page.contains(foreign))
        expectPage(await stranger.get(place))
        let sent = await stranger.post("/tickets", KeptSteps.form(of: stranger), files: [])
        #expect(sent.fields[.location]?.hasPrefix("/tickets/OSL-1/receipt") == true)
        #expect(try await KeptSteps.count("attachment") == 2)
        #expect(await stranger.get(foreign).status == .notFound)
        expectPage(await other.get(foreign))
        #expect(other.page.contains("Smoke"), "the other stranger has kept his")
        await site.close()
    }

    @Test("After a day it is gone with its bytes; who sends it then is told so, and keeps his words")
    func lapsed() async throws {
        let site = try TestSite()
        var (browser, place) = try await KeptSteps.reading(on: site)
        let form = KeptSteps.form(of: browser)
        site.desk.time.advance(by: Self.day - .seconds(1))
        #expect(try await site.desk.store.sweepRequestDrafts(atMost: 10) == 0)
        expectPage(await browser.get(place))
        site.desk.time.advance(by: .seconds(1))
        #expect(await browser.get(place).status == .notFound)
        expectPage(await browser.post("/tickets", form, files: []), .unprocessableContent)
        #expect(browser.page.contains(Wording(.english)(.draftFilesGone)))
        #expect(browser.page.contains("Smoke comes out of it."))
        // The bytes of uploads that nobody took are swept beside it: they must not be caught before their draft.
        site.desk.time.advance(by: .seconds(1))
        #expect(try await site.desk.store.sweepDrafts(atMost: 10) == 0)
        #expect(try await site.desk.store.sweepRequestDrafts(atMost: 10) == 1)
        try await KeptSteps.expectNothingKept()
        let anew = KeptSteps.form(of: browser)
        #expect(await browser.post("/tickets", anew, files: [KeptSteps.files[1]]).status == .seeOther)
        #expect(try await KeptSteps.count("attachment") == 1)
        await site.close()
    }

    @Test("What was changed lives a day from then, and its first bytes with it")
    func changed() async throws {
        let site = try TestSite()
        var (browser, place) = try await KeptSteps.reading(on: site)
        site.desk.time.advance(by: Self.day - .seconds(1))
        let faulty = KeptSteps.form(of: browser, ["email": "nobody"])
        expectPage(await browser.post("/tickets", faulty, files: []), .unprocessableContent)
        let form = KeptSteps.form(of: browser)
        site.desk.time.advance(by: Self.day - .seconds(1))
        #expect(try await site.desk.store.sweepDrafts(atMost: 10) == 0)
        #expect(try await site.desk.store.sweepRequestDrafts(atMost: 10) == 0)
        expectPage(await browser.get(place))
        #expect(await browser.post("/tickets", form, files: []).status == .seeOther)
        #expect(try await KeptSteps.count("attachment") == 2)
        site.desk.time.advance(by: Self.day)
        #expect(try await site.desk.store.sweepRequestDrafts(atMost: 10) == 1, "what was sent is forgotten too")
        #expect(try await KeptSteps.count("blob") == 2)
        await site.close()
    }

    @Test("Whoever sends the same words with the same files again is asked, and need not choose the files anew")
    func again() async throws {
        let site = try TestSite()
        var browser = site.browser()
        for round in 1...2 {
            _ = await browser.get("/")
            let sent = await browser.post("/tickets", AskingTests.request, files: KeptSteps.files)
            let place = try #require(sent.fields[.location])
            #expect(place.hasPrefix(round == 1 ? "/tickets/OSL-1/receipt" : "/drafts/"))
            if round == 2 { expectPage(await browser.get(place)) }
        }
        #expect(browser.page.contains(Wording(.english)(.sentBeforeTitle, ["number": "OSL-1"])))
        let anyway = await browser.post("/tickets", KeptSteps.form(of: browser), files: [])
        #expect(anyway.fields[.location]?.hasPrefix("/tickets/OSL-2/receipt") == true)
        #expect(try await KeptSteps.count("attachment") == 4)
        #expect(try await KeptSteps.count("blob") == 2)
        await site.close()
    }

    @Test("Its page speaks each language", arguments: Language.allCases)
    func languages(language: Language) async throws {
        let site = try TestSite()
        let (reader, place) = try await KeptSteps.reading(on: site)
        var browser = reader
        expectPage(await browser.get("\(place)?language=\(language.tag)"))
        let wording = Wording(language)
        for phrase in [Catalogue.Phrase.draftFiles, .draftFilesHint, .draftGiveUp, .fieldFilesMore] {
            #expect(browser.page.contains(wording(phrase)), "\(phrase)")
        }
        await site.close()
    }
}
