/// Turns bytes into a message. It never fails: whatever the bytes are, there is a message, and what was wrong with
/// them is among its defects.
public struct MessageParser: Sendable {
    /// Every length that a stranger controls has an upper bound.
    public struct Limits: Sendable {
        /// How deeply multiparts may be nested.
        public var depth = 20
        /// How many parts a message may have.
        public var parts = 500
        /// How long the header of a message or part may be, in bytes.
        public var headerBytes = 262_144

        public init() {}
    }

    private let limits: Limits

    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// The message that the bytes are. Time and memory are proportional to their number.
    public func parse(_ bytes: [UInt8]) -> Message {
        var partParser = PartParser(limits: limits)
        let root = partParser.parse(Self.beginning(of: bytes[...]))
        var defects = partParser.defects
        let body = Body(root, defects: &defects)
        let reading = MessageHeader(root.header, hint: root.textCharset, defects: &defects)
        return Message(root: root, body: body, header: reading, defects: defects.all)
    }

    /// The bytes without what some programs put before a message: a byte order mark and empty lines.
    private static func beginning(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        let text = rest.drop(while: \.isLineEnd)
        if let first = ByteLines(text).peek(), HeaderParser.colon(of: first.content) != nil { rest = text }
        return rest
    }
}
