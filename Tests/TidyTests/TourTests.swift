import Foundation
import Testing

@Suite("The tour")
struct TourTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("leads to the lines it names: each holds the words that stand beside it")
    func stops() throws {
        let tour = try String(contentsOf: Self.root.appending(path: "Docs/Tour.md"), encoding: .utf8)
        let stop = /`(Sources\/[^:`]+):([0-9]+)`\s+`([^`]+)`/
        let stops = tour.matches(of: stop)
        #expect(stops.count >= 20, "the pattern finds the stops")
        for found in stops {
            let (path, words) = (String(found.1), found.3)
            let text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let number = try #require(Int(found.2))
            let isThere = lines.indices.contains(number - 1) && lines[number - 1].contains(words)
            let now = lines.firstIndex { $0.contains(words) }.map { "line \($0 + 1)" } ?? "nowhere"
            #expect(isThere, "\(path):\(number) should hold \"\(words)\", which is at \(now)")
        }
    }
}
