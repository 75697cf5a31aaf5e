/// Follows the literal markup to know where the next value will stand. A reading of our own pages, not a
/// parser of everyone's: it knows what HTML written by hand contains.
struct HTMLScanner {
    enum AttributeKind { case text, link, code }

    private enum State: Equatable {
        case text
        case opening
        case declaration
        case comment
        case tagName
        case tag
        case attributeName
        case beforeValue
        case unquoted
        case quoted(UInt8)
        /// The inside of a script or a style.
        case code
    }

    private var state = State.text
    private var tagName = ""
    private var attributeName = ""
    /// The last bytes, to see the ends of comments and of scripts.
    private var tail: [UInt8] = []

    /// Attributes whose value the browser follows, fetches or sends to.
    private static let links: Set<String> = [
        "action", "background", "cite", "data", "formaction", "href", "manifest", "ping", "poster", "src", "srcset",
        "xlink:href",
    ]

    static func kind(ofAttribute name: String) -> AttributeKind {
        if name == "style" || name == "srcdoc" || name.hasPrefix("on") { return .code }
        return links.contains(name) ? .link : .text
    }

    private var quotedKind: AttributeKind? {
        guard case .quoted = state else { return nil }
        return Self.kind(ofAttribute: attributeName)
    }

    var admitsText: Bool { state == .text || quotedKind == .text }
    var admitsLink: Bool { admitsText || quotedKind == .link }
    var admitsMarkup: Bool { state == .text }
    var admitsAttribute: Bool { state == .tag || state == .tagName || state == .attributeName }

    /// A whole attribute was put where the last value stood.
    mutating func passAttribute() { state = .tag }

    mutating func read(_ literal: String) {
        for byte in literal.utf8 { step(byte) }
    }

    private mutating func step(_ byte: UInt8) {
        switch state {
        case .text: if byte == UInt8(ascii: "<") { state = .opening }
        case .opening: open(byte)
        case .declaration: declare(byte)
        case .comment, .code: pass(byte)
        case .tagName, .tag, .attributeName, .beforeValue, .unquoted: stepInTag(byte)
        case .quoted(let quote): if byte == quote { state = .tag }
        }
    }

    private mutating func open(_ byte: UInt8) {
        tagName = ""
        tail = []
        switch byte {
        case UInt8(ascii: "!"): state = .declaration
        case UInt8(ascii: "/"): state = .tagName
        case 0x41...0x5A, 0x61...0x7A:
            state = .tagName
            tagName.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
        default: state = .text
        }
    }

    private mutating func declare(_ byte: UInt8) {
        tail.append(byte)
        if byte == UInt8(ascii: ">") { state = .text }
        if tail.elementsEqual("--".utf8) { state = .comment }
    }

    /// Waits for the end of a comment, or for the end tag of a script or style in letters of either case.
    private mutating func pass(_ byte: UInt8) {
        let end = state == .comment ? "-->" : "</" + tagName
        tail = tail.suffix(end.utf8.count - 1) + [state == .comment ? byte : byte | 0x20]
        guard tail.elementsEqual(end.utf8) else { return }
        state = state == .comment ? .text : .tag
        tagName = ""
    }

    private mutating func stepInTag(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: ">"):
            state = tagName == "script" || tagName == "style" ? .code : .text
            tail = []
        case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "/"):
            if state != .beforeValue { state = .tag }
        case UInt8(ascii: "="):
            state = state == .attributeName ? .beforeValue : state
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            if state == .beforeValue { state = .quoted(byte) }
        default:
            name(byte)
        }
    }

    private mutating func name(_ byte: UInt8) {
        let letter = Unicode.Scalar((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        switch state {
        case .tagName: tagName.unicodeScalars.append(letter)
        case .tag:
            state = .attributeName
            attributeName = String(Character(letter))
        case .attributeName: attributeName.unicodeScalars.append(letter)
        case .beforeValue: state = .unquoted
        default: break
        }
    }
}
