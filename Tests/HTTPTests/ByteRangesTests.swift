import HTTP
import Moments
import Testing

@Suite("Parts of a content")
struct ByteRangesTests {
    private func ranges(_ field: String, length: Int64 = 10, _ fields: Fields = Fields()) -> ByteRanges {
        var fields = fields
        fields[.range] = field
        return ByteRanges(
            Request(.get, "/", fields: fields), length: length, tag: EntityTag("7"),
            lastModified: Moment(microseconds: 784_111_777_900_000))
    }

    @Test(
        "A range counts from the first byte or from the last, and ends with the content",
        arguments: [
            ("bytes=0-0", 0..<1), ("bytes=2-4", 2..<5), ("BYTES=9-", 9..<10), ("bytes=0-99999999999999999999", 0..<10),
            ("bytes=-3", 7..<10), ("bytes=-99", 0..<10), ("bytes=-99999999999999999999", 0..<10),
            ("bytes= 1-1 ,", 1..<2),
            ("bytes=,\t5-5", 5..<6), ("bytes=3-3,10-12", 3..<4), ("bytes=0-9223372036854775807", 0..<10),
        ] as [(String, Range<Int64>)])
    func one(field: String, range: Range<Int64>) { #expect(ranges(field) == .one(range)) }

    @Test(
        "What is no range of bytes is as if it had not been said",
        arguments: [
            "", "bytes", "bytes=", "bytes=,", "bytes=4-2", "bytes=a-b", "bytes=1", "bytes=--1", "bytes=1-2-3",
            "items=0-1",
            "bytes=0-1,x", "bytes=+1-2", "bytes=0x0-1", "bytes 0-1", "bytes=1 - 2", "bytes=0-0;1-1", " bytes=0-1",
        ])
    func malformed(field: String) { #expect(ranges(field) == .whole) }

    @Test("Where nothing that is asked for is there, that is an answer of its own")
    func unsatisfiable() {
        for field in ["bytes=10-", "bytes=10-12,99-", "bytes=-0", "bytes=99999999999999999999-"] {
            #expect(ranges(field) == .unsatisfiable)
        }
        #expect(ranges("bytes=0-", length: 0) == .whole)
    }

    @Test("Several ranges keep their order; too many, or more than the whole, are not followed")
    func several() {
        #expect(ranges("bytes=8-8, 0-1,-1") == .several([8..<9, 0..<2, 9..<10]))
        #expect(ranges("bytes=0-,0-") == .whole)
        #expect(ranges("bytes=" + String(repeating: "1-1,", count: 8)) == .several(Array(repeating: 1..<2, count: 8)))
        #expect(ranges("bytes=" + String(repeating: "1-1,", count: 9)) == .whole)
    }

    @Test("Only GET is answered in parts")
    func methods() {
        for method in [Method.head, .post, .put] {
            #expect(ByteRanges(Request(method, "/", fields: [.range: "bytes=0-1"]), length: 10, tag: nil) == .whole)
        }
    }

    @Test(
        "If-Range asks for a part only of the version that the client holds",
        arguments: [
            ("\"7\"", true), ("\"6\"", false), ("W/\"7\"", false), ("\"7\", \"7\"", false), ("7", false), ("", false),
            ("Sun, 06 Nov 1994 08:49:37 GMT", true), ("Sun, 06 Nov 1994 08:49:38 GMT", false),
            ("Sun, 06 Nov 1994 08:49:36 GMT", false), ("*", false),
        ])
    func ifRange(condition: String, isMeant: Bool) {
        #expect(ranges("bytes=0-1", [.ifRange: condition]) == (isMeant ? .one(0..<2) : .whole))
    }

    @Test("A weak tag completes nothing")
    func weak() {
        let request = Request(.get, "/", fields: [.range: "bytes=0-1", .ifRange: "W/\"7\""])
        #expect(ByteRanges(request, length: 10, tag: EntityTag("7", isWeak: true)) == .whole)
    }
}
