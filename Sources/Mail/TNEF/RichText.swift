/// What rich text (RTF) says: its words, or the HTML that Exchange packed into it (MS-OXRTFEX).
///
/// Fonts, colours and pictures are passed over. It is read once from its beginning to its end, whatever it is like.
struct RichText {
    /// The words as plain text; empty if there are none.
    private(set) var text = ""
    /// The HTML of which the rich text was made. Nil if it was made of none.
    private(set) var html: String?

    /// How a group is read; one within it begins with the same.
    private struct Group {
        var isSkipped = false
        var isTag = false
        /// Whether the words are for programs that do not read the HTML.
        var isOnlyRich = false
        var isHidden = false
        /// How many letters behind a character stand in for it.
        var standIns = 1
        var codePage: Int?
    }

    /// Groups nested more deeply are read like the deepest.
    private static let deepest = 500
    private static let skipped: Set<String> = [
        "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer",
        "footerl", "footerr", "footerf", "fldinst", "listtable", "listoverridetable", "generator", "themedata",
        "datastore", "filetbl", "revtbl", "xmlnstbl", "rsidtbl", "mhtmltag", "bkmkstart", "bkmkend", "latentstyles",
        "annotation", "footnote", "nonshppict", "listtext", "pntext",
    ]
    private static let characters: [String: String] = [
        "par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": "\t", "cell": "\t",
        "emdash": "\u{2014}", "endash": "\u{2013}", "bullet": "\u{2022}", "lquote": "\u{2018}", "rquote": "\u{2019}",
        "ldblquote": "\u{201C}", "rdblquote": "\u{201D}", "emspace": " ", "enspace": " ",
    ]
    /// The code pages of fonts for other scripts, by their `fcharset`.
    private static let codePages = [
        128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257,
        204: 1251, 222: 874, 238: 1250,
    ]

    private var groups = [Group()]
    private var depth = 0
    private var codePage = 1252
    private var fonts: [Int: Int] = [:]
    /// The font that the table of fonts is describing.
    private var font: Int?
    private var isInFonts: Int?
    private var holdsHTML = false
    private var toPassOver = 0
    /// Letters of one code page that are not decoded yet.
    private var letters: [UInt8] = []
    private var lettersPage = 1252
    private var units: [UInt16] = []

    /// Nil if the bytes are no rich text.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Array(#"{\rtf"#.utf8)) else { return nil }
        var index = 0
        while index < bytes.count, read(bytes, &index) {}
        flush()
        let words = String(decoding: units, as: UTF16.self)
        if holdsHTML { html = words.asPlainText }
        text = holdsHTML ? "" : words.asPlainText
    }

    private var group: Group {
        get { groups[groups.count - 1] }
        set { groups[groups.count - 1] = newValue }
    }

    /// Reads what stands at the index; false at the end of the outermost group.
    private mutating func read(_ bytes: [UInt8], _ index: inout Int) -> Bool {
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "{"):
            depth += 1
            if depth < Self.deepest { groups.append(group) }
        case UInt8(ascii: "}"):
            close()
            return depth > 0
        case .backslash: readControl(bytes, &index)
        case .carriageReturn, .lineFeed: break
        default: write(byte)
        }
        return true
    }

    private mutating func close() {
        depth -= 1
        toPassOver = 0
        if groups.count > max(depth, 0) + 1 { groups.removeLast() }
        if let place = isInFonts, depth < place { isInFonts = nil }
    }

    private mutating func readControl(_ bytes: [UInt8], _ index: inout Int) {
        guard index < bytes.count else { return }
        let first = bytes[index]
        guard first.isLetter else {
            index += 1
            return readSymbol(first, bytes, &index)
        }
        let start = index
        while index < bytes.count, bytes[index].isLetter, index - start < 32 { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        let numberStart = index
        if index < bytes.count, bytes[index] == .dash { index += 1 }
        while index < bytes.count, bytes[index].isDigit, index - numberStart < 11 { index += 1 }
        let number = Int(String(decoding: bytes[numberStart..<index], as: UTF8.self))
        if index < bytes.count, bytes[index] == .space { index += 1 }
        if word == "bin" { return index = min(bytes.count, index + max(0, number ?? 0)) }
        obey(word, number)
    }

    private mutating func readSymbol(_ symbol: UInt8, _ bytes: [UInt8], _ index: inout Int) {
        switch symbol {
        case UInt8(ascii: "'"):
            guard index + 1 < bytes.count, let high = bytes[index].hexValue, let low = bytes[index + 1].hexValue
            else { return }
            index += 2
            write(high << 4 | low)
        case UInt8(ascii: "*"): beginOptional(bytes, index)
        case UInt8(ascii: "~"): write(" ")
        case UInt8(ascii: "_"): write("-")
        case .lineFeed, .carriageReturn: write("\n")
        case .backslash, UInt8(ascii: "{"), UInt8(ascii: "}"): write(symbol)
        default: break
        }
    }

    /// A group that is skipped by whom does not know its kind; of HTML a piece.
    private mutating func beginOptional(_ bytes: [UInt8], _ index: Int) {
        if bytes[index...].starts(with: Array(#"\htmltag"#.utf8)) {
            group.isTag = true
        } else {
            group.isSkipped = true
        }
    }

    private mutating func obey(_ word: String, _ number: Int?) {
        if Self.skipped.contains(word) { group.isSkipped = true }
        if let characters = Self.characters[word] { return write(characters) }
        switch word {
        case "ansicpg": codePage = number ?? codePage
        case "fromhtml": holdsHTML = number != 0
        case "htmlrtf": group.isOnlyRich = number != 0
        case "v": group.isHidden = number != 0
        case "uc": group.standIns = min(max(number ?? 1, 0), 10)
        case "u": write(unit: number ?? 63)
        case "fonttbl":
            isInFonts = depth
            group.isSkipped = true
        case "f" where isInFonts != nil: font = number
        case "f": group.codePage = number.flatMap { fonts[$0] }
        case "fcharset" where isInFonts != nil:
            if let font, let page = number.flatMap({ Self.codePages[$0] }), fonts.count < 1_000 { fonts[font] = page }
        case "plain": group.codePage = nil
        default: break
        }
    }

    /// Whether what is written now is among the words.
    private var isHeard: Bool {
        let group = group
        return !group.isSkipped && (holdsHTML ? group.isTag || !group.isOnlyRich : !group.isTag && !group.isHidden)
    }

    private mutating func write(_ byte: UInt8) {
        if toPassOver > 0 { return toPassOver -= 1 }
        guard isHeard else { return }
        let page = group.codePage ?? codePage
        if page != lettersPage { flush() }
        lettersPage = page
        letters.append(byte)
    }

    private mutating func write(_ text: String) {
        guard isHeard else { return }
        flush()
        units += text.utf16
    }

    private mutating func write(unit number: Int) {
        toPassOver = group.standIns
        guard isHeard else { return }
        flush()
        units.append(UInt16(truncatingIfNeeded: number))
    }

    private mutating func flush() {
        guard !letters.isEmpty else { return }
        let label = lettersPage == 65_001 ? "utf-8" : "windows-\(lettersPage)"
        units += Charset.text(of: letters[...], label: label).text.utf16
        letters.removeAll(keepingCapacity: true)
    }
}
