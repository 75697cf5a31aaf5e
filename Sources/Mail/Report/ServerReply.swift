/// What a mail server answered, as it stands in the text of a report: a code of RFC 5321, often with the status of
/// RFC 3463, and words.
struct ServerReply: Equatable, Sendable {
    /// Such as `550`.
    let code: String
    /// Such as `5.1.1`; empty if the server gave none.
    var status: String
    /// Where it begins in the bytes that were read.
    let position: Int

    /// The replies in a text that refuse something, or those that accept if `accepting`.
    static func all(in bytes: [UInt8], accepting: Bool = false) -> [ServerReply] {
        let classes: [UInt8] = accepting ? [UInt8(ascii: "2")] : [UInt8(ascii: "4"), UInt8(ascii: "5")]
        return bytes.indices.compactMap { index in
            guard classes.contains(bytes[index]), let end = codeEnd(bytes, index) else { return nil }
            var rest = end
            while rest < bytes.count, rest < end + 4, " -:,#(".utf8.contains(bytes[rest]) { rest += 1 }
            let status = status(bytes, at: rest) ?? ""
            if status.isEmpty, isMeasure(bytes[rest...]) { return nil }
            return ServerReply(
                code: String(decoding: bytes[index..<index + 3], as: UTF8.self),
                status: status.first?.utf8.first == bytes[index] ? status : "", position: index)
        }
    }

    /// The status that stands nearest to the beginning of a text, of a class if one is given: in `(#5.1.1)`, say.
    static func firstStatus(in bytes: [UInt8], class wanted: Character? = nil) -> String? {
        for index in bytes.indices where bytes[index] == UInt8(ascii: "4") || bytes[index] == UInt8(ascii: "5") {
            guard index == 0 || isFree(bytes[index - 1]) else { continue }
            if let found = status(bytes, at: index), wanted == nil || found.first == wanted { return found }
        }
        return nil
    }

    /// Where the three digits of a code at `index` end; nil if none stands there, as in an address or a date.
    private static func codeEnd(_ bytes: [UInt8], _ index: Int) -> Int? {
        let end = index + 3
        guard end <= bytes.count, index == 0 || isFree(bytes[index - 1]), bytes[index + 1].isDigit,
            bytes[index + 1] <= UInt8(ascii: "5") || bytes[index + 1] == UInt8(ascii: "7"), bytes[index + 2].isDigit
        else { return nil }
        guard end < bytes.count else { return end }
        return " -:,]".utf8.contains(bytes[end]) ? end : nil
    }

    /// Whether a number may begin behind this byte.
    private static func isFree(_ byte: UInt8) -> Bool {
        !byte.isDigit && !byte.isLetter && !"./-_@+=&".utf8.contains(byte) && byte < 0x80
    }

    /// Three numbers with dots, neither more nor in an address of the network.
    private static func status(_ bytes: [UInt8], at index: Int) -> String? {
        let run = bytes[index...].prefix { $0.isDigit || $0 == .dot }
        let text = String(decoding: run, as: UTF8.self)
        let code = text.hasSuffix(".") ? String(text.dropLast()) : text
        guard code.utf8.count >= 5, code.utf8.dropFirst().first == .dot else { return nil }
        return DeliveryStatus.status(code)
    }

    /// Whether what follows a number is what it counts: time or size.
    private static func isMeasure(_ rest: ArraySlice<UInt8>) -> Bool {
        let word = rest.prefix { $0.isLetter }.asciiLowercased
        return [
            "bytes", "byte", "kb", "mb", "gb", "kbytes", "mbytes", "seconds", "second", "minutes", "hours", "hour",
            "days", "day", "messages", "recipients", "lines", "characters",
        ].contains(word)
    }
}
