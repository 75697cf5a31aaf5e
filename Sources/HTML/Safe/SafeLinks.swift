/// Addresses in a stranger's HTML.
enum SafeLinks {
    /// An address as a browser takes it: without white space around it, and without line ends and tabs in it.
    static func bare(_ address: String) -> String {
        let scalars = address.unicodeScalars.filter { $0 != "\t" && $0 != "\n" && $0 != "\r" }
        guard let first = scalars.firstIndex(where: { $0.value > 0x20 }),
            let last = scalars.lastIndex(where: { $0.value > 0x20 })
        else { return "" }
        return String(String.UnicodeScalarView(scalars[first...last]))
    }

    /// An address to which a reader may go; nil for what runs, what lies on this desk, and what is none.
    static func page(_ address: String) -> String? {
        let address = bare(address)
        let colon = address.utf8.firstIndex(of: UInt8(ascii: ":"))
        guard let colon, address.utf8.count <= 8_000 else { return nil }
        switch address[..<colon].lowercased() {
        case "http", "https":
            let rest = address.utf8[address.utf8.index(after: colon)...]
            guard rest.starts(with: "//".utf8), rest.count > 2 else { return nil }
        case "mailto", "tel":
            guard address.utf8.index(after: colon) != address.utf8.endIndex else { return nil }
        default: return nil
        }
        return encoded(address)
    }

    /// A picture that is written out in the address itself; nil for all others, and for drawings, which can run.
    static func picture(_ address: String) -> String? {
        let head = address.prefix(40).lowercased()
        let kind = ["png", "jpeg", "jpg", "gif", "webp", "bmp"].first { head.hasPrefix("data:image/\($0);base64,") }
        guard let kind else { return nil }
        let data = address.utf8.dropFirst("data:image/;base64,".utf8.count + kind.utf8.count)
        let isClean = data.allSatisfy { byte in
            byte.isNameStart || (0x30...0x39).contains(byte) || "+/=".utf8.contains(byte)
        }
        guard isClean, !data.isEmpty else { return nil }
        return "data:image/\(kind);base64," + String(decoding: data, as: UTF8.self)
    }

    /// The address with what belongs in none percent-encoded.
    private static func encoded(_ address: String) -> String {
        var output: [UInt8] = []
        for byte in address.utf8 {
            if byte <= 0x20 || byte == 0x7F || "\"<>`{}|\\^'".utf8.contains(byte) {
                output.append(UInt8(ascii: "%"))
                output += [byte >> 4, byte & 15].map { $0 < 10 ? 0x30 + $0 : 0x37 + $0 }
            } else {
                output.append(byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
