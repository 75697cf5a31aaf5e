/// The characters that the grammar of mail is made of.
extension UInt8 {
    static let tab: UInt8 = 9
    static let lineFeed: UInt8 = 10
    static let carriageReturn: UInt8 = 13
    static let space: UInt8 = 32
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let dash = UInt8(ascii: "-")
    static let dot = UInt8(ascii: ".")
    static let equals = UInt8(ascii: "=")
    static let question = UInt8(ascii: "?")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")

    /// Space or tab, the WSP of RFC 5322.
    var isBlank: Bool { self == .space || self == .tab }

    var isLineEnd: Bool { self == .lineFeed || self == .carriageReturn }

    var isDigit: Bool { self >= 48 && self <= 57 }

    var isLetter: Bool { (self | 32) >= 97 && (self | 32) <= 122 }

    var lowercased: UInt8 { self >= 65 && self <= 90 ? self | 32 : self }

    /// What a hexadecimal digit of either case stands for.
    var hexValue: UInt8? {
        switch self {
        case 48...57: self - 48
        case 65...70: self - 55
        case 97...102: self - 87
        default: nil
        }
    }
}

extension Collection<UInt8> {
    /// The bytes as lower-case text, for names that are compared without regard to case.
    var asciiLowercased: String { String(decoding: map(\.lowercased), as: UTF8.self) }

    /// Whether the bytes begin with an ASCII text, whatever the case of either.
    func startsIgnoringCase(with text: StaticString) -> Bool {
        text.withUTF8Buffer { wanted in
            var index = startIndex
            for byte in wanted {
                guard index != endIndex, self[index].lowercased == byte.lowercased else { return false }
                index = self.index(after: index)
            }
            return true
        }
    }
}

extension BidirectionalCollection<UInt8> {
    /// The bytes without the blanks and line ends around them.
    var trimmed: SubSequence {
        guard let first = firstIndex(where: { !$0.isBlank && !$0.isLineEnd }),
            let last = lastIndex(where: { !$0.isBlank && !$0.isLineEnd })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }
}
