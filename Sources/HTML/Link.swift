/// An address that a page may lead to: a place on this site, `http`, `https` or `mailto`, and never anything that runs.
///
/// In a literal the text is trusted and what is interpolated is percent-encoded as one piece, so that a slash or
/// a question mark in a value stays part of the value: `"/tickets/\(number)?page=\(page)"`.
public struct Link: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// The address as a URI reference (RFC 3986), not yet escaped for HTML.
    public let text: String

    public var description: String { text }

    /// - Precondition: the literal is an address of an allowed kind.
    public init(stringLiteral text: String) {
        precondition(Self.isAllowed(text), "\"\(text)\" is no link that a page may have")
        self.text = text
    }

    /// - Precondition: the literal is an address of an allowed kind.
    public init(stringInterpolation: StringInterpolation) { self.init(stringLiteral: stringInterpolation.text) }

    /// An address that came from outside; nil unless it is a path on this site, `http`, `https` or `mailto`.
    public init?(_ text: some StringProtocol) {
        let text = String(text)
        guard Self.isAllowed(text) else { return nil }
        self.text = text
    }

    /// A place on this site that came from outside, such as where to go after signing in; nil for anything that
    /// leads elsewhere.
    public init?(local text: some StringProtocol) {
        let text = String(text)
        guard Self.isPath(text), Self.isClean(text) else { return nil }
        self.text = text
    }

    /// A letter to that address.
    public init(mailto address: some StringProtocol) { text = "mailto:" + Self.encoded(address, alsoKeeping: "@+") }

    /// The same address with further members of the query; those that are nil are left out.
    public func adding(query: KeyValuePairs<String, String?>) -> Link {
        let halves = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        var base = String(halves[0])
        for (name, value) in query {
            guard let value else { continue }
            base += (base.contains("?") ? "&" : "?") + Self.encoded(name) + "=" + Self.encoded(value)
        }
        return Link(vouched: base + (halves.count == 2 ? "#" + halves[1] : ""))
    }

    private init(vouched text: String) { self.text = text }

    public struct StringInterpolation: StringInterpolationProtocol {
        var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { text += literal }

        /// A value, percent-encoded.
        public mutating func appendInterpolation(_ value: some StringProtocol) { text += Link.encoded(value) }

        /// A number.
        public mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }

        /// An address that the rest continues.
        public mutating func appendInterpolation(_ base: Link) { text += base.text }
    }

    private static func isAllowed(_ text: String) -> Bool {
        guard isClean(text) else { return false }
        let lowered = text.lowercased()
        return isPath(text) || text.hasPrefix("?") || text.hasPrefix("#") || lowered.hasPrefix("mailto:")
            || ["https://", "http://"].contains { lowered.hasPrefix($0) && lowered.count > $0.count }
    }

    /// A path from the root, and not `//host` nor `/\host`, which browsers take for another site.
    private static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && !text.hasPrefix("//") && !text.hasPrefix("/\\")
    }

    /// Without what browsers silently drop or turn round: white space, control characters, backslashes.
    private static func isClean(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0.value != 0x7F && $0 != "\\" && !$0.properties.isWhitespace
        }
    }

    /// Keeps only the unreserved characters of RFC 3986 section 2.3.
    private static func encoded(_ text: some StringProtocol, alsoKeeping others: String = "") -> String {
        let kept = Set(("-._~" + others).utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: bytes.append(byte)
            case _ where kept.contains(byte): bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hex[Int(byte >> 4)])
                bytes.append(hex[Int(byte & 15)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let hex = Array("0123456789ABCDEF".utf8)
}
