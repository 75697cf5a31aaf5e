import Foundation
import Moments
import Runtime
import TallyTestSupport
import Testing

@Suite("The log")
struct LogTests {
    private let lines = Tally<String>()
    private let time = ManualTime(Moment(microseconds: 1_772_353_800_123_456))

    private func log(_ format: Log.Format, level: Log.Level = .info) -> Log {
        let sink = LogSink.calling { [lines] in lines.note(String(decoding: $0, as: UTF8.self)) }
        return Log(service: "desk", level: level, format: format, to: sink, time: time)
    }

    @Test("A JSON line has time, level, message, service, the log's fields, the line's and those of the context")
    func json() async throws {
        let context = Log.Context(requestID: "r1", trace: TraceContext(traceparent: Self.traceparent))
        await Log.Context.with(context) {
            log(.json).with(["site": "OSL"]).info("ready", ["port": 8_080, "ratio": 0.5, "tls": false])
        }
        #expect(
            lines.elements == [
                #"{"ts":"2026-03-01T08:30:00.123Z","level":"info","msg":"ready","service":"desk","site":"OSL","#
                    + #""port":8080,"ratio":0.5,"tls":false,"request_id":"r1","#
                    + #""trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"}"# + "\n"
            ])
    }

    @Test("Whatever is in the texts, a JSON line is one line and reads back as it was")
    func escaping() throws {
        let odd = "a\"b\\c\nd\r\te\u{0}\u{7F}\u{1B}[31mé🙂\u{2028}"
        log(.json).info(odd, ["odd": .string(odd), "nan": .double(.nan)])
        let line = try #require(lines.elements.first)
        #expect(line.dropLast().utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        #expect(object?["msg"] as? String == odd)
        #expect(object?["odd"] as? String == odd)
        #expect(object?["nan"] as? String == "nan")
    }

    @Test("A text line is for people, and one line whatever is in it")
    func text() {
        log(.text).warning("no answer\nyet", ["supplier": "NORD", "why": "timed out", "err": "", "tries": 3])
        #expect(
            lines.elements == [
                "2026-03-01T08:30:00.123Z WARNING desk: no answer yet supplier=NORD why=\"timed out\" err=\"\" "
                    + "tries=3\n"
            ])
    }

    @Test("Lines below the level are not written and cost no text")
    func levels() {
        func costly() -> String {
            Issue.record("The text of a line that is not written was made.")
            return ""
        }
        log(.text, level: .warning).info(costly())
        log(.text, level: .warning).debug("x", ["y": .string(costly())])
        log(.text, level: .warning).error("told")
        Log.silent.error(costly())
        #expect(lines.elements.count == 1)
    }

    @Test("Lines of many threads do not mix")
    func whole() async throws {
        var ends: [CInt] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (reading, writing) = (ends[0], ends[1])
        let log = Log(service: "", to: .descriptor(writing))
        let word = String(repeating: "x", count: 3_000)
        let received = Task {
            try await Offload(width: 1).run {
                let file = FileHandle(fileDescriptor: reading, closeOnDealloc: true)
                return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
            }
        }
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask { for _ in 0..<50 { log.info(word, ["number": .int(number)]) } }
            }
        }
        close(writing)
        let lines = try await received.value.split(separator: "\n")
        #expect(lines.count == 400)
        #expect(lines.allSatisfy { $0.hasPrefix("{\"ts\"") && $0.hasSuffix("}") && $0.contains(word) })
    }

    private static let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
}
