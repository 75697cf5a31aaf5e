import BrowserTestSupport
import HTTP
import Runtime
import Testing

@Suite("A real browser, driven by the client, at the server", .timeLimit(.minutes(3)))
struct ChromeDriverTests {
    private static let endpoints: [Endpoint<Void>] = [
        Endpoint(.get, "/") { _, _ in
            var response = Response(text: "<!doctype html><title>Zażółć gęślą jaźń</title><body><p id=p>hello")
            response.fields[.contentType] = "text/html; charset=utf-8"
            return response
        },
        Endpoint(.post, "/count", body: .streamed(limit: 1 << 24)) { request, _ in
            var count = 0
            for try await piece in request.body { count += piece.count }
            return Response(text: "\(count)")
        },
    ]

    @Test(
        "a page is opened and read, a megabyte is sent by its script, and the session ends",
        .enabled(if: ChromeDriver.isInstalled, "chromedriver and chromium are not installed"))
    func drives() async throws {
        try await ChromeDriver.run { driver in
            try await TestServer.run(Self.endpoints) { server in
                try await ChromeDriver.browse(on: server.loops, port: driver) { browser in
                    try await browser.open("http://127.0.0.1:\(server.port)/")
                    #expect(try await browser.title() == "Zażółć gęślą jaźń")
                    #expect(try await browser.run("return document.getElementById('p').textContent") == "hello")
                    let sent = try await browser.run(
                        "return fetch('/count', {method: 'POST', body: 'x'.repeat(1000000)}).then(r => r.text())")
                    #expect(sent == "1000000")
                }
            }
        }
    }
}
