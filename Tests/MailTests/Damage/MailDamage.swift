import Mail
import SeedTestSupport

/// A way in which a mail is spoilt between the one who wrote it and the one who reads it.
enum MailDamage: CaseIterable {
    case cut, bytesChanged, boundaryDoubled, boundaryRemoved, linesReordered, headerRepeated, headerOverlong
    case nestedDeeply, charsetRenamed, lineEndsMixed, encodingBroken, fileBroken, splicedIn, typeChanged

    /// The mail with this damage.
    func apply(to mail: [UInt8], other: [UInt8], using seed: inout Seed) -> [UInt8] {
        switch self {
        case .cut: return Array(mail.prefix(seed.place(in: mail)))
        case .bytesChanged: return Mutation.apply(to: mail, using: &seed)
        case .boundaryDoubled, .boundaryRemoved: return withBoundaries(mail, using: &seed)
        case .linesReordered, .headerRepeated: return withHeader(mail, using: &seed)
        case .headerOverlong: return Self.withOverlongField(mail, using: &seed)
        case .nestedDeeply: return Self.nested(mail, using: &seed)
        case .charsetRenamed:
            return mail.replacing(after: "charset=", by: Self.charsets.randomElement(using: &seed) ?? "", using: &seed)
        case .typeChanged:
            return mail.replacing(
                after: "Content-Type: ", by: Self.types.randomElement(using: &seed) ?? "", using: &seed)
        case .lineEndsMixed: return Self.withMixedLineEnds(mail, using: &seed)
        case .encodingBroken:
            let name = Self.encodings.randomElement(using: &seed) ?? ""
            return mail.replacing(after: "Content-Transfer-Encoding: ", by: name, using: &seed)
        case .fileBroken: return Self.withBrokenLetters(mail, using: &seed)
        case .splicedIn:
            let end = seed.place(in: other)
            let start = Int.random(in: 0...end, using: &seed)
            let place = seed.place(in: mail)
            return Array(mail[..<place] + other[start..<end] + mail[place...])
        }
    }

    private static let charsets = [
        "utf-8", "utf-16", "utf-16le", "utf-32", "utf-7", "us-ascii", "iso-2022-jp", "iso-2022-kr", "hz-gb-2312",
        "gb18030", "big5", "koi8-r", "windows-1258", "euc-jp", "\"\"", "x-nobody-knows", "utf-8//TRANSLIT", "ebcdic-us",
        "unicodefffe", "iso-8859-1\0", String(repeating: "a", count: 5_000),
    ]
    private static let encodings = [
        "base64", "quoted-printable", "x-uuencode", "8bit", "binary", "x-nothing", "base64 (so they say)", "",
        "\"base64\"",
    ]
    private static let types = [
        "multipart/mixed; boundary=", "multipart/alternative; boundary=x; old=", "multipart/related; start=",
        "text/html",
        "text/calendar", "message/rfc822", "application/ms-tnef", "multipart/signed; boundary=",
        "text/plain; format=flowed;",
        "application/pkcs7-mime; smime-type=signed-data;", "multipart/encrypted; boundary=",
        "multipart/digest; boundary=",
        "text/enriched", "multipart/report; report-type=delivery-status; boundary=",
        "image/png; name=\"../../x\0.png\"; y=",
    ]

    private func withBoundaries(_ mail: [UInt8], using seed: inout Seed) -> [UInt8] {
        let isDoubled = self == .boundaryDoubled
        return mail.lines.flatMap { line -> [UInt8] in
            guard line.starts(with: Array("--".utf8)), Int.random(in: 0..<2, using: &seed) == 0 else {
                return Array(line)
            }
            return isDoubled ? Array(line + line) : []
        }
    }

    private func withHeader(_ mail: [UInt8], using seed: inout Seed) -> [UInt8] {
        var lines = mail.lines
        let end = (lines.firstIndex { $0.allSatisfy { $0 == 13 || $0 == 10 } } ?? lines.count)
        guard end > 0 else { return mail }
        if self == .linesReordered {
            lines[..<end].shuffle(using: &seed)
        } else {
            let line = lines[Int.random(in: 0..<end, using: &seed)]
            let copies = Int.random(in: 1...300, using: &seed)
            lines.insert(
                contentsOf: Array(repeating: line, count: copies), at: Int.random(in: 0...end, using: &seed))
        }
        return lines.flatMap(\.self)
    }

    private static func withOverlongField(_ mail: [UInt8], using seed: inout Seed) -> [UInt8] {
        let name = ["Subject", "From", "To", "Content-Type", "References", "Date", "X", ""].randomElement(using: &seed)
        let piece = ["a", "a@b, ", "=?utf-8?q?=C3?= ", "\r\n ", "(", "\"", "; a*0*=b", "<a@b> "].randomElement(
            using: &seed)
        let filling = String(repeating: piece ?? "", count: Int.random(in: 200...3_000, using: &seed))
        return Array("\(name ?? ""): \(filling)\r\n".utf8) + mail
    }

    private static func nested(_ mail: [UInt8], using seed: inout Seed) -> [UInt8] {
        let kind = ["mixed", "alternative", "related", "signed", "digest", "report"].randomElement(using: &seed) ?? ""
        var head = ""
        var tail = ""
        for level in 0..<Int.random(in: 1...40, using: &seed) {
            let isMessage = Int.random(in: 0..<6, using: &seed) == 0
            head += "Content-Type: multipart/\(kind); boundary=\"n\(level)\"\r\n\r\n--n\(level)\r\n"
            if isMessage { head += "Content-Type: message/rfc822\r\n\r\n" }
            tail = "\r\n--n\(level)--\r\n" + tail
        }
        return Array(head.utf8) + mail + (Bool.random(using: &seed) ? Array(tail.utf8) : [])
    }

    private static func withMixedLineEnds(_ mail: [UInt8], using seed: inout Seed) -> [UInt8] {
        let ends: [[UInt8]] = [[13, 10], [10], [13], [13, 13, 10], [10, 13]]
        return mail.lines.flatMap { line -> [UInt8] in
            let content = line.filter { $0 != 13 && $0 != 10 }
            return content
                + (Int.random(in: 0..<4, using: &seed) == 0 ? ends.randomElement(using: &seed) ?? [] : [13, 10])
        }
    }

    /// Damage where there are long lines without blanks: in what is encoded.
    private static func withBrokenLetters(_ mail: [UInt8], using seed: inout Seed) -> [UInt8] {
        mail.lines.flatMap { line -> [UInt8] in
            guard line.count > 40, !line.contains(32), Int.random(in: 0..<6, using: &seed) == 0 else {
                return Array(line)
            }
            var line = Array(line)
            let place = Int.random(in: 0..<line.count, using: &seed)
            switch Int.random(in: 0..<4, using: &seed) {
            case 0: line.remove(at: place)
            case 1: line.insert(contentsOf: Array("==".utf8), at: place)
            case 2: line[place] = .random(in: 0...255, using: &seed)
            default: line.removeSubrange(place...)
            }
            return line
        }
    }
}

extension Seed {
    fileprivate mutating func place(in bytes: [UInt8]) -> Int { Int.random(in: 0...bytes.count, using: &self) }
}

extension [UInt8] {
    /// The lines with their ends.
    var lines: [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = startIndex
        for index in indices where self[index] == 10 {
            lines.append(self[start...index])
            start = index + 1
        }
        if start < endIndex { lines.append(self[start...]) }
        return lines
    }

    /// With other words in place of what follows some of the marks, up to the end of the word.
    fileprivate func replacing(after mark: String, by words: String, using seed: inout Seed) -> [UInt8] {
        let mark = Array(mark.lowercased().utf8)
        var output: [UInt8] = []
        var index = startIndex
        while index < endIndex {
            let isMark = self[index...].prefix(mark.count).elementsEqual(mark) { ($0 | 32) == ($1 | 32) }
            guard isMark, Bool.random(using: &seed) else {
                output.append(self[index])
                index += 1
                continue
            }
            output += self[index..<(index + mark.count)] + Array(words.utf8)
            index += mark.count
            while index < endIndex, self[index] > 32, self[index] != UInt8(ascii: ";") { index += 1 }
        }
        return output
    }
}
