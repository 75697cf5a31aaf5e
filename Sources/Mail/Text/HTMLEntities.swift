/// The named characters of HTML that mail uses.
enum HTMLEntities {
    /// The characters from U+00A0 to U+00FF in their order.
    private static let latin = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
        acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml \
        Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc \
        Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml \
        aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc \
        otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
        """

    private static let others: [String: UInt32] = [
        "amp": 38, "lt": 60, "gt": 62, "quot": 34, "apos": 39, "AMP": 38, "LT": 60, "GT": 62, "QUOT": 34,
        "OElig": 338, "oelig": 339, "Scaron": 352, "scaron": 353, "Yuml": 376, "fnof": 402, "circ": 710, "tilde": 732,
        "ensp": 0x2002, "emsp": 0x2003, "thinsp": 0x2009, "zwnj": 0x200C, "zwj": 0x200D, "lrm": 0x200E, "rlm": 0x200F,
        "ndash": 0x2013, "mdash": 0x2014, "lsquo": 0x2018, "rsquo": 0x2019, "sbquo": 0x201A, "ldquo": 0x201C,
        "rdquo": 0x201D, "bdquo": 0x201E, "dagger": 0x2020, "Dagger": 0x2021, "bull": 0x2022, "hellip": 0x2026,
        "permil": 0x2030, "prime": 0x2032, "lsaquo": 0x2039, "rsaquo": 0x203A, "euro": 0x20AC, "trade": 0x2122,
        "larr": 0x2190, "uarr": 0x2191, "rarr": 0x2192, "darr": 0x2193, "harr": 0x2194, "minus": 0x2212,
        "infin": 0x221E, "asymp": 0x2248, "ne": 0x2260, "le": 0x2264, "ge": 0x2265, "hearts": 0x2665,
        "check": 0x2713, "cross": 0x2717, "Cacute": 262, "cacute": 263, "Nacute": 323, "nacute": 324,
        "Sacute": 346, "sacute": 347, "Zacute": 377, "zacute": 378, "Zdot": 379, "zdot": 380, "Lstrok": 321,
        "lstrok": 322, "Aogon": 260, "aogon": 261, "Eogon": 280, "eogon": 281,
    ]

    private static let table: [String: Unicode.Scalar] = {
        var table = others.compactMapValues(Unicode.Scalar.init)
        for (offset, name) in latin.split(separator: " ").enumerated() {
            table[String(name)] = Unicode.Scalar(UInt8(160 + offset))
        }
        return table
    }()

    /// The text with its references (`&amp;`, `&#8217;`, `&#x2019;`) replaced; what refers to nothing stays as it is.
    static func decode(_ text: ArraySlice<UInt8>) -> String {
        guard text.contains(UInt8(ascii: "&")) else { return String(decoding: text, as: UTF8.self) }
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "&"), let (scalar, end) = reference(in: text, at: index) {
                output += Array(String(scalar).utf8)
                index = end
            } else {
                output.append(text[index])
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func reference(in text: ArraySlice<UInt8>, at start: Int) -> (Unicode.Scalar, end: Int)? {
        var index = start + 1
        while index < text.endIndex, index - start < 12,
            text[index].isLetter || text[index].isDigit || text[index] == UInt8(ascii: "#")
        {
            index += 1
        }
        let name = String(decoding: text[(start + 1)..<index], as: UTF8.self)
        let end = index < text.endIndex && text[index] == .semicolon ? index + 1 : index
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
            guard let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits) else { return nil }
            return (character(number), end)
        }
        return table[name].map { ($0, end) }
    }

    /// Numbers from 128 to 159 mean Windows-1252, as browsers have it; what is no character is U+FFFD.
    private static func character(_ number: UInt32) -> Unicode.Scalar {
        if (128...159).contains(number) {
            return Windows1252.decode([UInt8(number)]).unicodeScalars.first ?? "\u{FFFD}"
        }
        return number == 0 ? "\u{FFFD}" : Unicode.Scalar(number) ?? "\u{FFFD}"
    }
}
