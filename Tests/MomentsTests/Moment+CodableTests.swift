import Foundation
import Moments
import Testing

@Suite("A moment in a document")
struct MomentCodableTests {
    @Test("It is a string of RFC 3339 both ways")
    func roundTrip() throws {
        let moments = [Moment(microseconds: 1_772_353_800_120_000), Moment(seconds: 0)]
        let text = String(decoding: try JSONEncoder().encode(moments), as: UTF8.self)
        #expect(text == #"["2026-03-01T08:30:00.12Z","1970-01-01T00:00:00Z"]"#)
        #expect(try JSONDecoder().decode([Moment].self, from: Data(text.utf8)) == moments)
    }

    @Test("Another text is refused with the text and an example")
    func refusal() {
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Moment].self, from: Data(#"["tomorrow"]"#.utf8))
        }
        #expect(String(describing: error).contains("tomorrow"))
    }

    @Test("A moment that has no text is not encoded as another one")
    func outside() {
        #expect(throws: EncodingError.self) { try JSONEncoder().encode([Moment(microseconds: .max)]) }
    }
}
