import Foundation
import Glibc
import Testing

@testable import deskctl

@Suite("Lines of standard input")
struct LineInputTests {
    @Test("come as soon as they are complete, and the last one at the end")
    func asTheyCome() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        var input = LineInput(descriptor: ends[0])
        func send(_ text: String) { _ = text.withCString { write(ends[1], $0, strlen($0)) } }

        send("one\n\ntwo\nthr")
        #expect(try input.next() == ["one", "", "two"])
        send("ee\nfour")
        #expect(try input.next() == ["three"])
        close(ends[1])
        #expect(try input.next() == ["four"])
        #expect(try input.next() == nil)
        #expect(try input.next() == nil)
    }

    @Test("that are too long come shortened, and those after them whole")
    func tooLong() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let end = ends[1]
        let writer = Thread {
            let text = "\"" + String(repeating: "x", count: LineInput.longestLine + 100_000) + "\"\nnext\n"
            var bytes = Array(text.utf8)[...]
            while !bytes.isEmpty {
                let count = bytes.withUnsafeBytes { write(end, $0.baseAddress, $0.count) }
                guard count > 0 else { break }
                bytes = bytes.dropFirst(count)
            }
            close(end)
        }
        writer.start()
        var input = LineInput(descriptor: ends[0])
        var lines: [String] = []
        while let more = try input.next() { lines += more }
        #expect(lines.count == 2 && lines.last == "next")
        // Of a text in quotation marks the second one must not be left, or it would be taken for a whole one.
        #expect(lines[0] == "\"" + String(repeating: "x", count: LineInput.shortened - 1))
    }
}
