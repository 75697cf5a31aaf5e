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

@Suite("A request with files is kept while its sender reads", .database(template: TestDesk.template))
struct KeptRequestTests {
    private static let wording = Wording(.english)

    private var tickets: Int? { get async throws { try await count("ticket") } }

    private func count(_ table: String) async throws -> Int? { try await KeptSteps.count(table) }

    @Test("What may solve it is shown first, and one click sends it, words and files, once however often it is clicked")
    func sent() async throws {
        let site = try TestSite()
        var (browser, place) = try await KeptSteps.reading(on: site)
        #expect(browser.page.contains("A printer on fire</summary>") && browser.page.contains("Pull the plug."))
        #expect(
            browser.page.contains("skrivare på taket – żółć.txt") && browser.page.contains("Smoke comes out of it."))
        #expect(try await tickets == 0)
        let (form, token) = (KeptSteps.form(of: browser), browser.token)
        var other = browser
        _ = await other.get(place)
        let first = await browser.post("/tickets", form, files: [], token: token)
        let second = await browser.post("/tickets", form, files: [], token: token, boundary: "another")
        let receipt = try #require(first.fields[.location])
        #expect(receipt.hasPrefix("/tickets/OSL-1/receipt?key=") && second.fields[.location] == receipt)
        // The same page in another window has another token.
        #expect(await other.post("/tickets", form, files: []).fields[.location] == receipt)
        #expect(await other.get(place).fields[.location] == receipt)
        expectPage(await other.get(receipt))
        let number = try #require(TicketNumber("OSL-1"))
        let view = try #require(await site.behind.store.view(of: number, seeing: .desk, including: true))
        let attachments = try #require(view.entries.first?.attachments)
        #expect(Set(attachments.map(\.name)) == Set(KeptSteps.files.map(\.name)))
        let large = try #require(attachments.first { $0.name == "b.bin" })
        var read: [UInt8] = []
        try await site.behind.store.read(0..<2_000_000, of: large, seeing: .desk) { read += $0 }
        #expect(read == KeptSteps.large && large.type == "application/octet-stream")
        #expect(try await tickets == 1)
        #expect(try await count("blob_draft") == 0)
        #expect(try await count("blob") == 2)
        expectPage(await browser.get("/"))
        #expect(!browser.page.contains("/drafts/"), "what is sent waits no longer")
        await site.close()
    }

    @Test("Two windows that send it in the same moment make one ticket")
    func together() async throws {
        let site = try TestSite()
        let (browser, place) = try await KeptSteps.reading(on: site)
        // Each has read the page before any sends: one that came later would find that nothing is kept any more.
        var windows: [(Browser, HTTP.Query)] = []
        for _ in 1...4 {
            var window = browser
            _ = await window.get(place)
            windows.append((window, KeptSteps.form(of: window)))
        }
        let places = await withTaskGroup(of: String?.self) { group in
            for (window, form) in windows {
                group.addTask {
                    var window = window
                    return await window.post("/tickets", form, files: []).fields[.location]
                }
            }
            return await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(places.count == 1 && places.first??.hasPrefix("/tickets/OSL-1/receipt") == true)
        #expect(try await tickets == 1)
        await site.close()
    }

    @Test("A form that is sent twice is kept once")
    func keptOnce() async throws {
        let site = try TestSite()
        try await KeptSteps.bring(on: site)
        var browser = site.browser()
        _ = await browser.get("/")
        let token = browser.token
        var places: Set<String?> = []
        for boundary in ["one", "two"] {
            let kept = await browser.post(
                "/tickets", AskingTests.request, files: KeptSteps.files, token: token, boundary: boundary)
            places.insert(kept.fields[.location])
        }
        #expect(places.count == 1)
        #expect(try await count("request_draft_file") == 2)
        #expect(try await count("blob_draft") == 2)
        await site.close()
    }

    @Test("The words can be changed, files left out and others added; what is wrong with them loses none")
    func changed() async throws {
        let site = try TestSite()
        var (browser, place) = try await KeptSteps.reading(on: site)
        let added: KeptSteps.File = ("c.txt", "text/plain", Array("c".utf8))
        let faulty = KeptSteps.form(of: browser, without: [0], ["subject": ""])
        expectPage(await browser.post("/tickets", faulty, files: [added]), .unprocessableContent)
        #expect(browser.page.contains("b.bin") && browser.page.contains("c.txt"))
        #expect(!browser.page.contains("skrivare"), "what was left out is gone")
        expectPage(await browser.get(place))
        #expect(browser.page.contains("c.txt") && !browser.page.contains("role=\"alert\""))
        let many = (1...4).map { (name: "d\($0).txt", type: "text/plain", bytes: Array("d\($0)".utf8)) }
        expectPage(await browser.post("/tickets", KeptSteps.form(of: browser), files: many), .unprocessableContent)
        _ = await browser.get(place)
        let last = KeptSteps.form(of: browser, without: [2, 3, 4, 5], ["text": "It burns."])
        #expect(await browser.post("/tickets", last, files: [many[3]]).status == .seeOther)
        let names = try await TestDatabase.current.all("select name from attachment order by name", as: String.self)
        #expect(names == ["b.bin", "c.txt", "d4.txt"])
        let text = try await TestDatabase.current.first("select text from entry", as: String.self)
        #expect(text == "It burns.")
        #expect(try await count("blob_draft") == 0)
        await site.close()
    }

    @Test("A form that is faulty at first keeps its files, and offers what may answer it once its words are there")
    func faulty() async throws {
        let site = try TestSite()
        try await KeptSteps.bring(on: site)
        var browser = site.browser()
        _ = await browser.get("/")
        expectPage(await browser.post("/tickets", ["subject": "x"], files: KeptSteps.files), .unprocessableContent)
        let kept = await browser.post("/tickets", KeptSteps.form(of: browser), files: [])
        let place = try #require(kept.fields[.location])
        #expect(place.hasPrefix("/drafts/"))
        expectPage(await browser.get(place))
        #expect(browser.page.contains("A printer on fire</summary>"))
        #expect(await browser.post("/tickets", KeptSteps.form(of: browser), files: []).status == .seeOther)
        #expect(try await count("attachment") == 2)
        await site.close()
    }

    @Test("It can be given up: nothing is sent, its bytes are gone, and the same form can be sent after all")
    func givenUp() async throws {
        let site = try TestSite()
        var (browser, place) = try await KeptSteps.reading(on: site)
        let given = await browser.post("\(place)/give-up", [:])
        #expect(given.fields[.location] == "/?done=given-up")
        expectPage(await browser.open("/?done=given-up"))
        #expect(browser.page.contains(Self.wording(.draftGivenUp)) && !browser.page.contains("/drafts/"))
        try await KeptSteps.expectNothingKept()
        expectPage(await browser.get(place), .notFound)
        #expect(browser.page.contains(Self.wording(.draftGone)))
        let token = browser.token
        for _ in 1...2 {
            let kept = await browser.post("/tickets", AskingTests.request, files: KeptSteps.files, token: token)
            place = try #require(kept.fields[.location])
            expectPage(await browser.get(place))
            #expect(await browser.post("\(place)/give-up", [:]).status == .seeOther)
        }
        #expect(try await tickets == 0)
        await site.close()
    }

    @Test("Whoever is helped by an article gives his request up with the same click")
    func solved() async throws {
        let site = try TestSite()
        var (browser, _) = try await KeptSteps.reading(on: site)
        let link = try #require(browser.page.firstMatch(of: /action="(\/articles\/[0-9a-f-]{36}\/solved)"/)).output.1
        expectPage(await browser.post(String(link), ["draft": browser.hidden("draft")]))
        try await KeptSteps.expectNothingKept()
        #expect(try await tickets == 0)
        await site.close()
    }
}
