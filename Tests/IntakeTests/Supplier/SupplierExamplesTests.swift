import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Sockets
import Testing

@Suite("What Docs/Suppliers.md tells a supplier's engineer to type", .database(template: TestDesk.template))
struct SupplierExamplesTests {
    private static let tools = ["bash", "curl", "openssl"]
    private static let areThere = tools.allSatisfy { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }

    /// The examples for webhooks, as one script: later ones use what earlier ones have set.
    private static func script() throws -> String {
        let text = try String(contentsOf: TestDesk.root.appending(path: "Docs/Suppliers.md"), encoding: .utf8)
        let part = try #require(
            text.split(separator: "\n## ").first { $0.hasPrefix("For the supplier's engineer: webhooks\n") })
        let lines = part.split(separator: "\n", omittingEmptySubsequences: false).filter { $0.hasPrefix("    ") }
        try #require(lines.count { $0.contains("curl ") } == 3)
        return lines.joined(separator: "\n")
    }

    @Test(
        "An event, the fetching of a file and the sending of one work as they stand there",
        .enabled(if: areThere, "curl and openssl are not installed"))
    func webhooks() async throws {
        let line = try await FileLine()
        let folder = FileManager.default.temporaryDirectory.appending(path: "examples-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("not quite a picture".utf8).write(to: folder.appending(path: "fuser.png"))
        let file = try await line.file("plan.pdf").uuidString.lowercased()
        let listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        let script = """
            set -euo pipefail
            curl() { command curl --silent --show-error --fail-with-body --max-time 60 "$@"; }
            SECRET='\(line.secret.text)'
            \(try Self.script())
            """
            .replacing("https://desk.example", with: "http://\(listener.address)")
            .replacing("$(date +%s)", with: "\(line.gateway.desk.time.now.seconds)")
            .replacing("EXCHANGE", with: line.exchange.uuidString.lowercased())
            .replacing("/CODE/", with: "/\(line.code)/").replacing("files/ID", with: "files/\(file)")
        let server = HTTPServer(listener, router: line.gateway.router, loops: TestDatabase.loops)
        let stop = StopSignal()
        async let served: Void = server.run(until: stop)
        let (status, said) = try await Self.run(script, in: folder)
        stop.raise()
        try await served
        #expect(status == 0, "\(said)")
        #expect(try Array(Data(contentsOf: folder.appending(path: file))) == FileLine.plan)
        let rows = try await TestGateway.rows()
        #expect(rows["supplier_receipt"] == 1)
        let sizes = try await line.behind.store.database.all(
            "select size from attachment where name = 'fuser.png' and type = 'image/png'", as: Int64.self)
        #expect(sizes == [19])
    }

    /// - Returns: with what status it ended, and what it said.
    private static func run(_ script: String, in folder: URL) async throws -> (Int32, String) {
        let (process, output) = (Process(), folder.appending(path: "said"))
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        let handle = try FileHandle(forWritingTo: output)
        process.executableURL = URL(filePath: "/usr/bin/bash")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = folder
        (process.standardOutput, process.standardError) = (handle, handle)
        let status = try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { ended.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        return (status, try String(contentsOf: output, encoding: .utf8))
    }
}
