import Runtime
import Synchronization
import Testing

@testable import deskctl

@Suite("The merged log")
struct MergedLogTests {
    private func lines(_ format: Log.Format, level: Log.Level = .info, _ body: (MergedLog) -> Void) -> [String] {
        let lines = Mutex<[String]>([])
        body(MergedLog(format: format, level: level) { line in lines.withLock { $0.append(line) } })
        return lines.withLock { $0 }
    }

    @Test("passes the programs' own lines on as they are")
    func ownLines() {
        let text = "2026-03-04T05:06:07.000Z INFO    routing-worker: started pid=7"
        #expect(lines(.text) { $0.take(text, from: "routing-worker") } == [text])
        let json = #"{"ts":"2026-03-04T05:06:07.000Z","level":"info","msg":"started","service":"routing-worker"}"#
        #expect(lines(.json) { $0.take(json, from: "routing-worker") } == [json])
    }

    @Test("says who it was when a program says something else")
    func foreignLines() throws {
        let text = try #require(lines(.text) { $0.take("Fatal error: oh no", from: "routing-worker") }.first)
        #expect(text.hasSuffix("WARNING routing-worker: Fatal error: oh no"))
        let json = try #require(lines(.json) { $0.take("Fatal \"error\"", from: "routing-worker") }.first)
        #expect(json.hasPrefix("{") && json.hasSuffix("}") && !json.contains("\n"))
        #expect(json.contains(#""msg":"Fatal \"error\"","service":"routing-worker""#))
    }

    @Test("keeps the database's chatter for those who look for a fault")
    func postgres() {
        let said = ["LOG:  checkpoint starting", "ERROR:  duplicate key", "FATAL:  the disk is full"]
        let heard = lines(.text) { log in said.forEach { log.takePostgres($0) } }
        #expect(heard.count == 1)
        #expect(heard.first?.contains("postgres: FATAL:  the disk is full") == true)
        #expect(lines(.text, level: .debug) { log in said.forEach { log.takePostgres($0) } }.count == 3)
    }
}
