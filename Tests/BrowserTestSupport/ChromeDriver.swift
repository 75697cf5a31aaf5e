import Foundation
import HTTP
public import Runtime
import Sockets
import Testing

/// Chromium, driven over HTTP by the protocol WebDriver (W3C, 2018) through a chromedriver of its own.
public struct ChromeDriver: Sendable {
    private let client: HTTPClient
    private let address: String

    /// Whether both programs are on this machine; what needs them is skipped where they are not.
    public static let isInstalled = ["chromedriver", "chromium"].allSatisfy { program in
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    /// Runs `body` beside a chromedriver, which ends with it, and at the latest with this process.
    ///
    /// It waits for the program to start, so it is not for a thread of an event loop.
    public static func run(_ body: (UInt16) async throws -> Void) async throws {
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
    /// - Parameter loops: on which it is spoken to.
    /// - Throws: what the client throws; an expectation where the driver refuses.
    public static func browse(
        on loops: EventLoopGroup, port: UInt16, _ body: (ChromeDriver) async throws -> Void
    ) async throws {
        let browser = try await open(on: loops, port: port)
        do {
            try await body(browser)
        } catch {
            _ = try? await browser.ask(.delete, "")
            throw error
        }
        _ = try await browser.ask(.delete, "")
    }

    private static func open(on loops: EventLoopGroup, port: UInt16) async throws -> ChromeDriver {
        let client = HTTPClient(
            loops: loops, resolver: Resolver(offload: Offload(width: 1)), tls: try TLSContext(), rules: nil)
        let driver = ChromeDriver(client: client, address: "http://127.0.0.1:\(port)/session")
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        // Who looks for something on a page waits until it is there.
        let asked: [String: Any] = [
            "goog:chromeOptions": ["args": arguments], "timeouts": ["implicit": 20_000, "pageLoad": 40_000],
        ]
        let answer = try await driver.ask(.post, "", ["capabilities": ["alwaysMatch": asked]])
        let session = try #require((answer as? [String: Any])?["sessionId"] as? String)
        return ChromeDriver(client: client, address: "\(driver.address)/\(session)")
    }

    public func open(_ page: String) async throws { _ = try await ask(.post, "/url", ["url": page]) }

    public func title() async throws -> String { try await ask(.get, "/title") as? String ?? "" }

    /// The address of the page that is shown.
    public func place() async throws -> String { try await ask(.get, "/url") as? String ?? "" }

    /// How many windows and tabs are open.
    public func windows() async throws -> Int { (try await ask(.get, "/window/handles") as? [Any])?.count ?? 0 }

    /// What a function with that body returns, if it is a text.
    public func run(_ script: String) async throws -> String {
        try await ask(.post, "/execute/sync", ["script": script, "args": [Any]()]) as? String ?? ""
    }

    /// Has the scripts of pages that are opened from here on run, or not, as who has switched them off sees them.
    public func allowScripts(_ isAllowed: Bool) async throws {
        try await control("Emulation.setScriptExecutionDisabled", ["value": !isAllowed])
    }

    /// Has the timers of pages that are opened from here on ring so much sooner.
    public func hurry(_ factor: Int) async throws {
        let script = "{ const wait = setTimeout; setTimeout = (act, pause) => wait(act, pause / \(factor)); }"
        try await control("Page.addScriptToEvaluateOnNewDocument", ["source": script])
    }

    /// Waits until something on the page is there, by its selector.
    public func wait(for selector: String) async throws { _ = try await element(selector) }

    /// The text of something on the page as it is seen.
    public func text(of selector: String) async throws -> String {
        try await ask(.get, "\(element(selector))/text") as? String ?? ""
    }

    public func click(_ selector: String) async throws { _ = try await ask(.post, "\(element(selector))/click", [:]) }

    /// Types into a field of the page, key by key.
    public func type(_ text: String, into selector: String) async throws {
        _ = try await ask(.post, "\(element(selector))/value", ["text": text])
    }

    private func element(_ selector: String) async throws -> String {
        let answer = try await ask(.post, "/element", ["using": "css selector", "value": selector])
        let found = try #require((answer as? [String: String])?.values.first)
        return "/element/\(found)"
    }

    private func control(_ command: String, _ values: [String: Any]) async throws {
        _ = try await ask(.post, "/goog/cdp/execute", ["cmd": command, "params": values])
    }

    private func ask(_ method: HTTP.Method, _ path: String, _ body: [String: Any]? = nil) async throws -> Any? {
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
