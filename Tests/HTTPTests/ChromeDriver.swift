import Foundation
import HTTP
import Testing

/// Chromium, driven over HTTP by the protocol WebDriver (W3C, 2018) through a chromedriver of its own.
struct ChromeDriver: Sendable {
    private let client: HTTPClient
    private let address: String

    /// Runs `body` beside a chromedriver, which ends with it, and at the latest with this process.
    static func run(_ body: (UInt16) async throws -> Void) async throws {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: "/bin/sh")
        // A thread of the pool blocks signals, and whom it starts inherits that: only this one arrives.
        process.arguments = ["-c", "chromedriver --port=0 & cat; kill -KILL $!"]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
        var said = ""
        while said.firstMatch(of: /on port (\d+)\./) == nil || !said.hasSuffix("\n") {
            let data = output.fileHandleForReading.availableData
            try #require(!data.isEmpty, "chromedriver ended: \(said)")
            said += String(decoding: data, as: UTF8.self)
        }
        let port = try #require(said.matches(of: /on port (\d+)\./).last.flatMap { UInt16($0.1) })
        try await body(port)
    }

    /// Runs `body` with a browser without a window, which is closed behind it whatever came of it.
    ///
    /// - Throws: what the client throws; an expectation where the driver refuses.
    static func browse(
        _ client: HTTPClient, port: UInt16, _ body: (ChromeDriver) async throws -> Void
    ) async throws {
        let browser = try await open(client, port: port)
        do {
            try await body(browser)
        } catch {
            _ = try? await browser.ask(.delete, "")
            throw error
        }
        _ = try await browser.ask(.delete, "")
    }

    private static func open(_ client: HTTPClient, port: UInt16) async throws -> ChromeDriver {
        let driver = ChromeDriver(client: client, address: "http://127.0.0.1:\(port)/session")
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        let options: [String: Any] = ["alwaysMatch": ["goog:chromeOptions": ["args": arguments]]]
        let answer = try await driver.ask(.post, "", ["capabilities": options])
        let session = try #require((answer as? [String: Any])?["sessionId"] as? String)
        return ChromeDriver(client: client, address: "\(driver.address)/\(session)")
    }

    func open(_ page: String) async throws { _ = try await ask(.post, "/url", ["url": page]) }

    func title() async throws -> String { try await ask(.get, "/title") as? String ?? "" }

    func run(_ script: String) async throws -> String {
        try await ask(.post, "/execute/sync", ["script": script, "args": [Any]()]) as? String ?? ""
    }

    private func ask(_ method: Method, _ path: String, _ body: [String: Any]? = nil) async throws -> Any? {
        var request = Request(method, to: try #require(WebAddress(address + path)))
        if let body {
            request.fields[.contentType] = "application/json"
            request.body = RequestBody(Array(try JSONSerialization.data(withJSONObject: body)))
        }
        let response = try await client.send(request, within: .seconds(50), upTo: 1 << 22)
        try #require(response.status == .ok, "\(method) \(path): \(response.text)")
        let answer = try JSONSerialization.jsonObject(with: Data(response.text.utf8)) as? [String: Any]
        return answer?["value"]
    }
}
