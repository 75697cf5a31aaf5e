/// Names with values, as a query string or a form of type `application/x-www-form-urlencoded` carries them: in
/// order, with duplicates.
public struct Query: Sendable, Hashable {
    public private(set) var pairs: [Pair]

    /// One name with its value, decoded.
    public struct Pair: Sendable, Hashable {
        public let name: String
        public let value: String
    }

    public init() { pairs = [] }

    /// Reads the text as browsers write it: `&` between pairs, `+` for a space, the rest percent-encoded. A `%` that
    /// begins no escape stands for itself and octets that are no UTF-8 become U+FFFD, as the URL standard has it.
    public init(_ text: String) {
        var copy = text
        self = copy.withUTF8 { Query($0) }
    }

    init(_ text: UnsafeBufferPointer<UInt8>) {
        pairs = []
        for part in text.split(separator: 0x26) {
            let part = UnsafeBufferPointer(rebasing: part)
            let mark = part.firstIndex(of: 0x3D) ?? part.count
            let value = mark < part.count ? UnsafeBufferPointer(rebasing: part[(mark + 1)...]) : nil
            pairs.append(
                Pair(
                    name: Self.decode(UnsafeBufferPointer(rebasing: part[..<mark])),
                    value: value.map(Self.decode) ?? ""))
        }
    }

    /// The first value of that name.
    public subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// All values of that name.
    public func all(_ name: String) -> [String] { pairs.compactMap { $0.name == name ? $0.value : nil } }

    /// Adds a pair behind those already there.
    public mutating func append(_ name: String, _ value: String) { pairs.append(Pair(name: name, value: value)) }

    /// The same pairs in percent-encoded form; reading it gives them back.
    public var encoded: String {
        pairs.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }.joined(separator: "&")
    }

    private static func decode(_ text: UnsafeBufferPointer<UInt8>) -> String {
        guard text.contains(where: { $0 == 0x25 || $0 == 0x2B }) else { return String(decoding: text, as: UTF8.self) }
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if text[index] == 0x25, let byte = PercentCoding.escaped(text, at: index) {
                octets.append(byte)
                index += 3
                continue
            }
            octets.append(text[index] == 0x2B ? 0x20 : text[index])
            index += 1
        }
        return String(decoding: octets, as: UTF8.self)
    }
}

extension Query: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        pairs = elements.map(Pair.init)
    }
}
