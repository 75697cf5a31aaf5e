import HTTP
import Testing

@Suite("Limits on what a stranger sends")
struct MessageLimitsTests {
    @Test("A request line may be 8192 bytes long and no longer")
    func requestLine() {
        let path = { "/" + String(repeating: "a", count: $0 - "GET / HTTP/1.1".utf8.count) }
        #expect(Reading("GET \(path(8_192)) HTTP/1.1\r\nHost: a\r\n\r\n").messages.count == 1)
        #expect(Reading("GET \(path(8_193)) HTTP/1.1\r\nHost: a\r\n\r\n").fault == .requestLineTooLong)
    }

    @Test("A request line that never ends is refused as soon as it is too long")
    func endlessLine() {
        #expect(Reading("GET /" + String(repeating: "a", count: 8_190)).fault == .requestLineTooLong)
        #expect(Reading(String(repeating: "A", count: 8_194)).fault == .methodTooLong)
        #expect(Reading(String(repeating: "A", count: 8_192)).fault == nil)
    }

    @Test("A field value may be 8192 bytes long and no longer")
    func fieldValue() {
        let request = { "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "v", count: $0))\r\n\r\n" }
        #expect(Reading(request(8_192)).messages.count == 1)
        #expect(Reading(request(8_193)).fault == .fieldTooLong)
        #expect(Reading("GET / HTTP/1.1\r\nX: " + String(repeating: "v", count: 9_000)).fault == .fieldTooLong)
    }

    @Test("A field name may be 256 bytes long and no longer")
    func fieldName() {
        let request = { "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "n", count: $0)): v\r\n\r\n" }
        #expect(Reading(request(256)).messages.count == 1)
        #expect(Reading(request(257)).fault == .fieldTooLong)
    }

    @Test("There may be 100 fields and no more")
    func fieldCount() {
        let request = { "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: y\r\n", count: $0 - 1))\r\n" }
        #expect(Reading(request(100)).messages.count == 1)
        #expect(Reading(request(101)).fault == .tooManyFields)
    }

    @Test("All fields together may be 32768 bytes long")
    func fieldSection() {
        let long = "X: \(String(repeating: "v", count: 8_000))\r\n"
        #expect(Reading("GET / HTTP/1.1\r\nHost: a\r\n\(long)\(long)\(long)\(long)\r\n").messages.count == 1)
        let over = Reading("GET / HTTP/1.1\r\nHost: a\r\n\(long)\(long)\(long)\(long)\(long)\r\n")
        #expect(over.fault == .fieldSectionTooLarge)
    }

    @Test("Trailers may be 8192 bytes long together")
    func trailers() {
        let request = { (lines: Int) in
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                + String(repeating: "X: \(String(repeating: "v", count: 995))\r\n", count: lines) + "\r\n"
        }
        #expect(Reading(request(8)).messages.count == 1)
        #expect(Reading(request(9)).fault == .trailersTooLarge)
    }

    @Test("A body larger than the limit is refused, by its length and by its chunks")
    func body() {
        var limits = MessageLimits()
        limits.body = 10
        let sized = { (length: Int) in "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n" }
        #expect(Reading(sized(10), limits: limits).fault == nil)
        #expect(Reading(sized(11), limits: limits).fault == .bodyTooLarge)
        let chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nsix...\r\n"
        #expect(Reading(chunked + "4\r\nfour\r\n0\r\n\r\n", limits: limits).messages.first?.body == "six...four")
        #expect(Reading(chunked + "5\r\n", limits: limits).fault == .bodyTooLarge)
    }

    @Test("Tiny chunks with long extensions are refused, tiny chunks alone are not")
    func chunkOverhead() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        let padded = "1;\(String(repeating: "e", count: 250))\r\nx\r\n"
        #expect(Reading(head + String(repeating: padded, count: 100)).fault == .chunkOverhead)
        let plain = Reading(head + String(repeating: "1\r\nx\r\n", count: 10_000) + "0\r\n\r\n")
        #expect(plain.messages.first?.body.utf8.count == 10_000)
    }
}
