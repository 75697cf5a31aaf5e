/// What the labels of character sets mean in real mail, where they are often a smaller set than the one used.
enum CharsetNames {
    /// Labels that say nothing about the text.
    static func saysNothing(_ label: String) -> Bool {
        [
            "", "unknown-8bit", "x-unknown", "unknown", "default", "none", "us-ascii", "ascii", "ansi_x3.4-1968",
            "7bit",
            "8bit", "binary", "utf8mb0", "x-user-defined",
        ].contains(label) || label.hasPrefix("_iso-")
    }

    /// The set meant by a lower-case label, if it is not simply the system's name for it.
    static func meaning(of label: String) -> Charset? {
        if let charset = wholly[label] { return charset }
        if label.hasPrefix("cp"), label.dropFirst(2).allSatisfy(\.isNumber) {
            return .system("CP" + label.dropFirst(2))
        }
        if label.hasPrefix("windows-") || label.hasPrefix("x-cp") || label.hasPrefix("cp-") {
            let number = label.filter(\.isNumber)
            return number == "1252" ? .windows1252 : .system("CP" + number)
        }
        if label.hasPrefix("iso-2022-jp") { return .system("ISO-2022-JP-3") }
        if label.hasPrefix("iso8859") || label.hasPrefix("iso_8859") || label.hasPrefix("iso 8859") {
            return meaning(of: "iso-8859-" + label.dropFirst(7).filter(\.isNumber).prefix(2))
        }
        return nil
    }

    private static let wholly: [String: Charset] = [
        "utf-8": .utf8, "utf8": .utf8, "unicode-1-1-utf-8": .utf8, "utf-8mb4": .utf8, "utf8mb4": .utf8,
        "x-utf-8": .utf8, "utf_8": .utf8, "cp65001": .utf8,
        "iso-8859-1": .windows1252, "iso8859-1": .windows1252, "latin1": .windows1252, "latin-1": .windows1252,
        "l1": .windows1252, "iso_8859-1:1987": .windows1252, "ansi_x3.110-1983": .windows1252,
        "windows-1252": .windows1252, "cp1252": .windows1252, "x-ansi": .windows1252,
        "iso-8859-9": .system("CP1254"), "latin5": .system("CP1254"),
        "iso-8859-11": .system("CP874"), "tis-620": .system("CP874"),
        "iso-8859-8-i": .system("ISO-8859-8"), "iso-8859-8-e": .system("ISO-8859-8"),
        "iso-8859-6-i": .system("ISO-8859-6"), "iso-8859-6-e": .system("ISO-8859-6"),
        "iso-8859-10": .system("ISO-8859-10"), "iso-8859-13": .system("ISO-8859-13"),
        "gb2312": .system("GB18030"), "gbk": .system("GB18030"), "gb18030": .system("GB18030"),
        "x-gbk": .system("GB18030"), "gb_2312-80": .system("GB18030"), "euc-cn": .system("GB18030"),
        "cp936": .system("GB18030"), "hz-gb-2312": .hz, "hz": .hz,
        "ks_c_5601-1987": .system("CP949"), "ks_c_5601": .system("CP949"), "ksc-5601": .system("CP949"),
        "ksc5601": .system("CP949"), "euc-kr": .system("CP949"), "euckr": .system("CP949"),
        "uhc": .system("CP949"), "korean": .system("CP949"),
        "shift_jis": .system("CP932"), "shift-jis": .system("CP932"), "sjis": .system("CP932"),
        "x-sjis": .system("CP932"), "pck": .system("CP932"), "ms_kanji": .system("CP932"),
        "windows-31j": .system("CP932"),
        "euc-jp": .system("EUC-JP-MS"), "x-euc-jp": .system("EUC-JP-MS"),
        "big5": .system("BIG5-HKSCS"), "big5-hkscs": .system("BIG5-HKSCS"), "x-x-big5": .system("BIG5-HKSCS"),
        "cp950": .system("BIG5-HKSCS"), "cp50220": .system("ISO-2022-JP-3"), "cp50221": .system("ISO-2022-JP-3"),
        "macintosh": .system("MACINTOSH"), "x-mac-roman": .system("MACINTOSH"), "mac": .system("MACINTOSH"),
        "x-mac-cyrillic": .system("MAC-CYRILLIC"), "x-mac-ce": .system("MAC-CENTRALEUROPE"),
        "unicode-1-1-utf-7": .system("UTF-7"), "utf7": .system("UTF-7"), "utf-7": .system("UTF-7"),
        "utf-16": .system("UTF-16"), "utf-32": .system("UTF-32"), "koi8": .system("KOI8-R"),
        "koi": .system("KOI8-R"), "dos-862": .system("CP862"), "visual": .system("ISO-8859-8"),
    ]
}
