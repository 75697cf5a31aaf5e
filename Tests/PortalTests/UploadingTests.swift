import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("Files in forms, kept as they come", .database(template: TestDesk.template))
struct UploadingTests {
    private static let large = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 11) }

    private func count(_ table: String) async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from \(identifier: table)", as: Int.self)
    }

    private func drafts() async throws -> Int? { try await count("blob_draft") }

    @Test("Large files come with the request, each once, and a second click adds nothing")
    func large() async throws {
        let site = try TestSite()
        var browser = site.browser()
        _ = await browser.get("/")
        let token = browser.token
        let files = [("a.bin", "a/b", Self.large), ("b.bin", "a/b", Array(Self.large.reversed()))]
        let first = await browser.post("/tickets", AskingTests.request, files: files, token: token)
        let second = await browser.post("/tickets", AskingTests.request, files: files, token: token, boundary: "other")
        #expect(first.status == .seeOther && first.fields[.location] == second.fields[.location])
        let number = try #require(TicketNumber("OSL-1"))
        let view = try #require(await site.behind.store.view(of: number, seeing: .desk, including: true))
        let kept = try #require(view.entries.first?.attachments.sorted { $0.name < $1.name })
        #expect(kept.map(\.name) == ["a.bin", "b.bin"] && kept.allSatisfy { $0.size == 2_000_000 })
        var read: [UInt8] = []
        try await site.behind.store.read(0..<2_000_000, of: kept[0], seeing: .desk) { read += $0 }
        #expect(read == Self.large)
        #expect(try await drafts() == 0)
        await site.close()
    }

    @Test("A form that is forged or brings too large a file leaves nothing")
    func refused() async throws {
        let site = try TestSite()
        var browser = site.browser()
        _ = await browser.get("/")
        let (token, file) = (browser.token, ("a.bin", "a/b", Self.large))
        #expect(await browser.post("/tickets", AskingTests.request, files: [file], token: "x").status == .forbidden)
        let huge = ("huge.bin", "a/b", [UInt8](repeating: 1, count: Draft.largestFile + 1))
        let page = await browser.post("/tickets", AskingTests.request, files: [huge], token: token)
        expectPage(page, .unprocessableContent)
        #expect(page.text.contains("huge.bin"))
        #expect(try await drafts() == 0)
        #expect(try await count("blob") == 0)
        await site.close()
    }

    @Test("A file before the token of its form is not kept")
    func order() async throws {
        let site = try TestSite()
        var browser = site.browser()
        _ = await browser.get("/")
        var fields = browser.fields
        fields[.contentType] = "multipart/form-data; boundary=b"
        fields["Sec-Fetch-Site"] = "same-origin"
        let body =
            Array("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\n".utf8) + Self.large
            + Array(
                "\r\n--b\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n\(browser.token)\r\n--b--\r\n"
                    .utf8)
        let answer = await browser.send(Request(.post, "/tickets", fields: fields, body: RequestBody(body)))
        #expect(answer.status == .forbidden)
        #expect(try await count("blob") == 0)
        await site.close()
    }
}
