import HTTP
import Testing

@Suite("The multipart parser")
struct MultipartParserTests {
    static let sample =
        "preamble\r\n--XX\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nPrinter\r\n--XX  \r\n"
        + "Content-Disposition: form-data; name=\"file\"; filename=\"a\\\"b.txt\"\r\nContent-Type: text/plain\r\n\r\n"
        + "line\r\n--X not a delimiter\r\n\r\n--XX\r\n"
        + "content-disposition: form-data; name=empty\r\n\r\n\r\n--XX--\r\nepilogue"

    struct Part: Equatable {
        var name: String
        var filename: String?
        var type: String?
        var content = ""
    }

    struct Result: Equatable {
        var parts: [Part] = []
        var fault: MultipartParser.Fault?
    }

    static func read(_ pieces: some Sequence<ArraySlice<UInt8>>, limits: MultipartParser.Limits = .init()) -> Result {
        var parser = MultipartParser(boundary: "XX", limits: limits)
        var result = Result()
        var content: [UInt8] = []
        do throws(MultipartParser.Fault) {
            for piece in pieces {
                parser.feed(piece)
                while let event = try parser.next() {
                    switch event {
                    case .part(let head):
                        result.parts.append(Part(name: head.name, filename: head.filename, type: head.type?.essence))
                        content = []
                    case .data(let bytes): content += bytes
                    case .endOfPart:
                        result.parts[result.parts.count - 1].content = String(decoding: content, as: UTF8.self)
                    }
                }
            }
            try parser.finish()
        } catch {
            result.fault = error
        }
        return result
    }

    static func read(_ text: String) -> Result { read([Array(text.utf8)[...]]) }

    @Test("Parts come out with name, file name, type and content")
    func parts() {
        let expected = [
            Part(name: "subject", content: "Printer"),
            Part(name: "file", filename: "a\"b.txt", type: "text/plain", content: "line\r\n--X not a delimiter\r\n"),
            Part(name: "empty"),
        ]
        #expect(Self.read(Self.sample) == Result(parts: expected))
    }

    @Test("Where the bytes are cut makes no difference")
    func anyCut() {
        let bytes = Array(Self.sample.utf8)
        let whole = Self.read([bytes[...]])
        for cut in bytes.indices { #expect(Self.read([bytes[..<cut], bytes[cut...]]) == whole, "cut at \(cut)") }
        #expect(Self.read(bytes.indices.map { bytes[$0...$0] }) == whole)
    }

    @Test(
        "What is not form data is a typed fault",
        arguments: [
            ("", MultipartParser.Fault.incomplete), ("--XX\r\n", .incomplete),
            ("--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--XX", .incomplete),
            ("--XXY\r\n", .malformedDelimiter), ("--XX\nx\r\n", .malformedDelimiter),
            ("--XX\r\n\r\nx\r\n--XX--", .missingName),
            ("--XX\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XX--", .missingName),
            ("--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--", .missingName),
            ("--XX\r\nno colon\r\n\r\nx\r\n--XX--", .malformedHead),
            ("--XX\r\nX: \(String(repeating: "v", count: 8_190))\r\n\r\n", .headTooLarge),
        ])
    func faults(text: String, fault: MultipartParser.Fault) {
        #expect(Self.read(text).fault == fault)
    }

    @Test("The number of parts is limited")
    func partLimit() {
        var limits = MultipartParser.Limits()
        limits.parts = 2
        #expect(Self.read([Array(Self.sample.utf8)[...]], limits: limits).fault == .tooManyParts)
    }

    @Test("Large content is handed on as it arrives and not kept")
    func constantMemory() throws {
        var parser = MultipartParser(boundary: "XX")
        parser.feed("--XX\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n".utf8)
        let piece = [UInt8](repeating: 0x0D, count: 65_536)
        var seen = 0
        for _ in 0..<64 {
            parser.feed(piece)
            while let event = try parser.next() { if case .data(let bytes) = event { seen += bytes.count } }
        }
        #expect(seen > 64 * piece.count - 100)
    }
}
