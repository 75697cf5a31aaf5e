import Mail
import Testing

@Suite("Character sets")
struct CharsetTests {
    private func text(_ label: String, _ bytes: [UInt8]) -> String {
        MessageParser().parse(Array("Content-Type: text/plain; charset=\"\(label)\"\r\n\r\n".utf8) + bytes).text
    }

    @Test(
        "The system has the tables that mail needs",
        arguments: [
            "UTF-8", "ISO-8859-1", "ISO-8859-2", "ISO-8859-5", "ISO-8859-7", "ISO-8859-8-I", "ISO-8859-9",
            "ISO-8859-15",
            "ISO-8859-16", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255",
            "windows-1256",
            "windows-1257", "windows-1258", "windows-874", "KOI8-R", "KOI8-U", "ISO-2022-JP", "ISO-2022-KR", "EUC-JP",
            "Shift_JIS", "EUC-KR", "ks_c_5601-1987", "GB2312", "GBK", "GB18030", "HZ-GB-2312", "Big5", "Big5-HKSCS",
            "TIS-620",
            "UTF-7", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "macintosh", "x-mac-cyrillic", "IBM850", "cp866",
            "iso8859-2",
        ])
    func tables(label: String) {
        #expect(Charset(label: label) != nil)
        #expect(text(label, label.hasPrefix("UTF-16") || label == "UTF-32" ? [] : Array("plain".utf8)) != "x")
    }

    @Test(
        "Bytes become the text that was meant",
        arguments: [
            ("koi8-r", [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4], "Привет"),
            ("windows-1251", [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2], "Привет"),
            ("iso-8859-1", [0x80, 0x93, 0x61, 0x94], "€“a”"),
            ("iso-8859-2", [0xA3, 0xF3, 0x64, 0xBC], "Łódź"),
            ("iso-8859-15", [0xA4], "€"),
            ("Shift_JIS", [0x83, 0x65, 0x83, 0x58, 0x83, 0x67], "テスト"),
            ("EUC-JP", [0xA5, 0xC6, 0xA5, 0xB9, 0xA5, 0xC8], "テスト"),
            ("ISO-2022-JP", [0x1B, 0x24, 0x42, 0x25, 0x46, 0x25, 0x39, 0x25, 0x48, 0x1B, 0x28, 0x42], "テスト"),
            ("EUC-KR", [0xC7, 0xD1, 0xB1, 0xB9], "한국"),
            ("gb2312", [0xD6, 0xD0, 0xCE, 0xC4], "中文"),
            ("hz-gb-2312", Array("~{VPND~} ~~".utf8), "中文 ~"),
            ("Big5", [0xA4, 0xA4, 0xA4, 0xE5], "中文"),
            ("utf-7", Array("+ZeVnLIqe-".utf8), "日本語"),
            ("UTF-16", [0xFE, 0xFF, 0x65, 0xE5, 0x67, 0x2C], "日本"),
            ("UTF-16LE", [0xE5, 0x65, 0x2C, 0x67], "日本"),
            ("us-ascii", Array("café".utf8), "café"),
            ("us-ascii", [0x63, 0x61, 0x66, 0xE9], "café"),
            ("", [0x63, 0x61, 0x66, 0xE9], "café"),
            ("no-such-set", Array("café".utf8), "café"),
            ("utf-8", [0x63, 0x61, 0x66, 0xE9], "café"),
            ("utf-8", Array("é".utf8) + [0xFF], "é\u{FFFD}"),
            ("ISO-2022-JP", [0xA5, 0xC6, 0xA5, 0xB9, 0xA5, 0xC8], "テスト"),
        ] as [(String, [UInt8], String)])
    func decoding(label: String, bytes: [UInt8], expected: String) {
        #expect(text(label, bytes) == expected)
    }

    @Test(
        "Names with options or paths in them are not handed to the system",
        arguments: [
            "UTF-8//TRANSLIT", "../../etc/passwd", "UTF-8,x", "", " ", "unknown-8bit",
        ])
    func refused(label: String) {
        #expect(Charset(label: label) == nil)
    }

    @Test(
        "Text that ends within a character ends with a replacement, whatever the set",
        arguments: [
            ("Shift_JIS", 0x83), ("EUC-KR", 0xC7), ("gb2312", 0xD6), ("Big5", 0xA4),
        ] as [(String, UInt8)])
    func cutOff(label: String, byte: UInt8) {
        #expect(text(label, [byte]) == "\u{FFFD}")
    }
}
