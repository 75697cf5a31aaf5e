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
        #expect(try input.next() == ["one", "two"])
        send("ee\nfour")
        #expect(try input.next() == ["three"])
        close(ends[1])
        #expect(try input.next() == ["four"])
        #expect(try input.next() == nil)
        #expect(try input.next() == nil)
    }
}
