import Desk
import DeskStore
import DeskTestSupport
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

/// What is done on the way to a request that is kept, and from there.
enum KeptSteps {
    typealias File = (name: String, type: String, bytes: [UInt8])

    static let large = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 11) }
    static let files: [File] = [
        ("skrivare på taket – żółć.txt", "text/plain", Array("hot".utf8)), ("b.bin", "application/octet-stream", large),
    ]

    /// Publishes what may answer the request of the tests.
    static func bring(on site: TestSite) async throws {
        let words = ArticleDraft(
            language: "en", title: "A printer on fire", text: "Pull the plug.", readers: .everybody)
        _ = try await site.behind.store.bring([ImportedArticle(source: "fire", words: words)])
    }

    /// A browser that has sent a request with files, and was led to the page on which it is kept.
    static func reading(on site: TestSite, in browser: Browser? = nil) async throws -> (browser: Browser, place: String)
    {
        try await bring(on: site)
        var browser = browser ?? site.browser()
        _ = await browser.get("/")
        let kept = await browser.post("/tickets", AskingTests.request, files: files)
        #expect(kept.status == .seeOther)
        let place = try #require(kept.fields[.location])
        #expect(place.hasPrefix("/drafts/"))
        expectPage(await browser.get(place))
        return (browser, place)
    }

    /// The form of the page, as a browser sends it on without some of the files.
    static func form(of browser: Browser, without left: Set<Int> = [], _ changes: [String: String] = [:]) -> HTTP.Query
    {
        var form = HTTP.Query()
        for pair in AskingTests.request.pairs { form.append(pair.name, changes[pair.name] ?? pair.value) }
        for name in ["shown", "again", "draft"] where !browser.hidden(name).isEmpty {
            form.append(name, browser.hidden(name))
        }
        let boxes = browser.page.matches(of: /name="keep" type="checkbox" value="(\d+)" checked/)
        for (place, box) in boxes.enumerated() where !left.contains(place) { form.append("keep", String(box.output.1)) }
        return form
    }

    static func count(_ table: String) async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from \(identifier: table)", as: Int.self)
    }

    /// Expects that nothing is left of any draft, nor any other file.
    static func expectNothingKept() async throws {
        for table in ["request_draft", "request_draft_file", "blob_draft", "blob", "blob_chunk"] {
            #expect(try await count(table) == 0, "\(table)")
        }
    }
}
