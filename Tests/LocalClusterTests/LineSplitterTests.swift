import Testing

@testable import LocalCluster

@Suite("Lines out of bytes")
struct LineSplitterTests {
    private func lines(of pieces: [String]) -> [String] {
        var splitter = LineSplitter()
        var lines = pieces.flatMap { piece in
            Array(piece.utf8).withUnsafeBytes { splitter.take($0) }
        }
        if let rest = splitter.finish() { lines.append(rest) }
        return lines
    }

    @Test("are the same wherever the bytes are cut")
    func everyCut() {
        let text = "first\r\n\nthird Østersund\nlast"
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            var splitter = LineSplitter()
            var lines = bytes[..<cut].withUnsafeBytes { splitter.take($0) }
            lines += bytes[cut...].withUnsafeBytes { splitter.take($0) }
            #expect(lines == ["first", "", "third Østersund"])
            #expect(splitter.finish() == "last")
            #expect(splitter.finish() == nil)
        }
    }

    @Test("are cut where one would never end")
    func endless() {
        let long = String(repeating: "x", count: LineSplitter.longestLine + 5)
        #expect(lines(of: [long]).map(\.count) == [LineSplitter.longestLine, 5])
    }
}
