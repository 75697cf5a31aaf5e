import Glibc

/// The rules of RFC 9112 written down a second time, over a whole buffer and without regard for speed, so that two
/// readers must agree on where every request ends. It shares no code with the parser.
struct NaiveReader {
    struct Message: Equatable {
        var method: String
        var target: String
        var body: [UInt8]
    }

    enum End: Equatable {
        case complete, incomplete, refused
    }

    /// Thrown where the octets are no request, and where more of them are needed.
    private enum Stop: Error {
        case refused, incomplete
    }

    private(set) var messages: [Message] = []
    private(set) var end = End.complete
    private var rest: ArraySlice<UInt8>

    init(_ octets: [UInt8], bodyLimit: Int) {
        rest = octets[...]
        do throws(Stop) {
            while try begins() { messages.append(try message(bodyLimit)) }
        } catch {
            end = error == .refused ? .refused : .incomplete
        }
    }

    /// Passes over empty lines. False at the end of the octets.
    private mutating func begins() throws(Stop) -> Bool {
        for _ in 0...4 {
            guard let first = rest.first else { return false }
            if first != 13, first != 10 {
                guard NaiveGrammar.token.contains(first) else { throw .refused }
                return true
            }
            guard try line().isEmpty else { throw .refused }
        }
        throw .refused
    }

    /// The next line, whose end must be CR LF, with no other CR in it.
    private mutating func line() throws(Stop) -> [UInt8] {
        guard let feed = rest.firstIndex(of: 10) else { throw .incomplete }
        let line = rest[..<feed]
        guard line.last == 13, line.dropLast().allSatisfy({ $0 != 13 }) else { throw .refused }
        rest = rest[(feed + 1)...]
        return Array(line.dropLast())
    }

    private mutating func message(_ bodyLimit: Int) throws(Stop) -> Message {
        let words = try line().split(separator: 32, omittingEmptySubsequences: false).map(Array.init)
        guard words.count == 3, let method = NaiveGrammar.method(words[0]),
            let version = NaiveGrammar.minorVersion(words[2]), method != "CONNECT",
            let target = NaiveGrammar.target(words[1], method)
        else { throw .refused }
        var fields: [(name: String, value: [UInt8])] = []
        while true {
            let line = try line()
            if line.isEmpty { break }
            guard fields.count < 100, let field = NaiveGrammar.field(line) else { throw .refused }
            fields.append(field)
        }
        func all(_ name: String) -> [[UInt8]] { fields.filter { $0.name == name }.map(\.value) }
        let hosts = all("host")
        guard hosts.count == 1 || hosts.isEmpty && version == 0, hosts.allSatisfy(NaiveGrammar.isAuthority) else {
            throw .refused
        }
        let expectations = all("expect").map(NaiveGrammar.lowercased)
        guard version == 0 || expectations.isEmpty || expectations == ["100-continue"] else { throw .refused }
        let codings = all("transfer-encoding")
        let lengths = all("content-length")
        if !codings.isEmpty {
            guard version > 0, lengths.isEmpty, codings.count == 1, NaiveGrammar.lowercased(codings[0]) == "chunked"
            else { throw .refused }
            return Message(method: method, target: target, body: try chunks(bodyLimit))
        }
        guard lengths.count <= 1 else { throw .refused }
        let digits = lengths.first ?? [48]
        guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { throw .refused }
        guard let length = Int(String(decoding: digits, as: UTF8.self)), length <= bodyLimit else { throw .refused }
        return Message(method: method, target: target, body: try take(length))
    }

    private mutating func take(_ count: Int) throws(Stop) -> [UInt8] {
        guard rest.count >= count else { throw .incomplete }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    private mutating func chunks(_ limit: Int) throws(Stop) -> [UInt8] {
        var body: [UInt8] = []
        var overhead = 0
        while true {
            if rest.prefix(275).allSatisfy({ $0 != 10 }), rest.count > 275 { throw .refused }
            let line = try line()
            let digits = line.prefix { NaiveGrammar.hexadecimal.contains($0) }
            guard (1...16).contains(digits.count), line.count - digits.count <= 256,
                let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
                NaiveGrammar.areExtensions(Array(line.dropFirst(digits.count)))
            else { throw .refused }
            overhead = max(0, overhead + line.count - digits.count - 16 - 2 * min(size, 8_192))
            guard overhead <= 16_384, size <= limit - body.count else { throw .refused }
            if size == 0 { break }
            body += try take(size)
            // Half of a line's end already shows that it is none.
            if let first = rest.first, first != 13 { throw .refused }
            guard try take(2) == [13, 10] else { throw .refused }
        }
        var trailers = 0
        while true {
            let line = try line()
            if line.isEmpty { return body }
            trailers += line.count + 2
            guard trailers < 8_192, NaiveGrammar.field(line) != nil else { throw .refused }
        }
    }
}
