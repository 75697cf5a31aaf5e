import HTTP
import SeedTestSupport
import Testing

@Suite("Parsers under mutated input")
struct ParserFuzzTests {
    /// Changed for each run, so that the runs together cover more than one does. A failure names it.
    static let seed = Seed.ofThisRun

    static let starts: [String] =
        [RequestParserTests.requests] + RequestRefusalTests.rows.map(\.text) + [
            "POST /f HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\nhello, world"
        ]

    @Test("The request parser neither traps nor loops, keeps its limits, and reads the same however input is cut")
    func requests() {
        var generator = Self.seed
        var limits = MessageLimits()
        limits.body = 4_096
        for round in 0..<4_000 {
            let start = Self.starts.randomElement(using: &generator) ?? ""
            let bytes = generator.mutate(Array(start.utf8))
            let whole = Reading([bytes], limits: limits)
            let cut = Reading(generator.pieces(bytes), limits: limits)
            #expect(cut.messages == whole.messages, "\(Self.seed), round \(round)")
            #expect(cut.fault == whole.fault, "\(Self.seed), round \(round)")
            #expect(whole.messages.allSatisfy { $0.body.utf8.count <= limits.body * 3 })
            #expect(whole.messages.count <= bytes.count / 16)
        }
    }

    @Test("The response parser neither traps nor loops")
    func responses() {
        var generator = Self.seed
        let starts = ResponseParserTests.samples
        for round in 0..<2_000 {
            let bytes = generator.mutate(Array((starts.randomElement(using: &generator) ?? "").utf8))
            var parser = ResponseParser(answering: .get)
            var events = 0
            do throws(ResponseFault) {
                for piece in generator.pieces(bytes) {
                    parser.feed(piece)
                    while try parser.next() != nil { events += 1 }
                }
                _ = try parser.finish()
            } catch {
                #expect(!error.rawValue.isEmpty)
            }
            #expect(events <= bytes.count * 2 + 4, "\(Self.seed), round \(round)")
        }
    }

    @Test("The multipart parser neither traps nor loops, and reads the same however input is cut")
    func multipart() {
        var generator = Self.seed
        for round in 0..<2_000 {
            let bytes = generator.mutate(Array(MultipartParserTests.sample.utf8))
            let whole = MultipartParserTests.read([bytes[...]])
            let cut = MultipartParserTests.read(generator.pieces(bytes))
            #expect(whole == cut, "\(Self.seed), round \(round)")
        }
    }
}
