/// The style of one element, as far as it only changes how its words look.
enum SafeCSS {
    private static let properties: Set<String> = [
        "background", "background-color", "border", "border-bottom", "border-bottom-color", "border-bottom-left-radius",
        "border-bottom-right-radius", "border-bottom-style", "border-bottom-width", "border-collapse", "border-color",
        "border-left", "border-left-color", "border-left-style", "border-left-width", "border-radius", "border-right",
        "border-right-color", "border-right-style", "border-right-width", "border-spacing", "border-style",
        "border-top",
        "border-top-color", "border-top-left-radius", "border-top-right-radius", "border-top-style", "border-top-width",
        "border-width", "clear", "color", "direction", "display", "float", "font", "font-family", "font-size",
        "font-style", "font-variant", "font-weight", "height", "letter-spacing", "line-height", "list-style-type",
        "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-height", "max-width", "min-height",
        "min-width", "overflow-wrap", "padding", "padding-bottom", "padding-left", "padding-right", "padding-top",
        "text-align", "text-decoration", "text-indent", "text-transform", "unicode-bidi", "vertical-align",
        "white-space", "width", "word-break", "word-spacing", "word-wrap",
    ]
    /// Functions that give a color and fetch nothing.
    private static let functions: Set<String> = ["rgb", "rgba", "hsl", "hsla"]
    private static let mostDeclarations = 60

    /// The declarations that are allowed; nil if there are none.
    static func clean(_ style: String) -> String? {
        guard style.utf8.count <= 8_000 else { return nil }
        var kept: [String] = []
        for declaration in style.split(separator: ";").prefix(mostDeclarations) {
            guard let colon = declaration.firstIndex(of: ":") else { continue }
            let property = trimmed(declaration[..<colon]).lowercased()
            let value = trimmed(declaration[declaration.index(after: colon)...])
            guard properties.contains(property), !value.isEmpty, isPlain(value), hasOnlyColors(value) else { continue }
            // What is drawn over something else could say what the mail does not say.
            if value.hasPrefix("-"), property.hasPrefix("margin") || property == "text-indent" { continue }
            kept.append("\(property):\(value)")
        }
        return kept.isEmpty ? nil : kept.joined(separator: ";")
    }

    /// Whether a value is one word or the number of a color.
    static func isWord(_ value: String) -> Bool {
        (1...40).contains(value.utf8.count)
            && value.utf8.allSatisfy { $0.isNameStart || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "#") }
    }

    /// Whether a value is a size of type as HTML has them, from one to seven, or more or less than that around it.
    static func isSize(_ value: String) -> Bool {
        let figures = value.utf8.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        return value.utf8.count - figures.count <= 1 && (1...3).contains(figures.count)
            && figures.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Whether a value has only characters that can neither end the declaration nor hide what it says.
    static func isPlain(_ value: String) -> Bool {
        guard value.utf8.count <= 500 else { return false }
        var quote: Unicode.Scalar?
        for scalar in value.unicodeScalars {
            switch scalar {
            case "'", "\"":
                if quote == nil { quote = scalar } else if quote == scalar { quote = nil }
            case "a"..."z", "A"..."Z", "0"..."9", " ", "#", "%", ".", ",", "-", "_", "(", ")", "!", "+": break
            default: guard scalar.value >= 0xA1, !scalar.properties.isWhitespace else { return false }
            }
        }
        return quote == nil
    }

    /// Whether no function is called but those for colors, each in one pair of parentheses.
    private static func hasOnlyColors(_ value: String) -> Bool {
        var name: [UInt8] = []
        var isOpen = false
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "("):
                guard !isOpen, functions.contains(String(decoding: name, as: UTF8.self).lowercased()) else {
                    return false
                }
                isOpen = true
            case UInt8(ascii: ")"):
                guard isOpen else { return false }
                isOpen = false
            default: break
            }
            let isLetter = byte.isNameStart || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            name = isLetter ? name + [byte] : []
        }
        return !isOpen
    }

    private static func trimmed(_ text: Substring) -> String {
        let words = text.split { $0.isWhitespace }
        return words.joined(separator: " ")
    }
}
