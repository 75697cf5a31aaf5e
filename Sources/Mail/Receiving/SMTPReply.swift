/// What a server answers to a command (RFC 5321, section 4.2), with the status of RFC 3463.
public struct SMTPReply: Error, Hashable, Sendable {
    /// Three digits, 200 to 599.
    public let code: Int
    /// The enhanced status such as `5.1.1`; nil where none belongs.
    public let status: String?
    /// What it says, one or more lines separated by line feeds.
    public let text: String

    public init(_ code: Int, _ status: String?, _ text: String) {
        self.code = code
        self.status = status
        self.text = text
    }

    /// The command was carried out, or goes on.
    public var isPositive: Bool { code < 400 }
    /// The same may succeed later.
    public var isTemporary: Bool { (400..<500).contains(code) }
    /// The same will never succeed.
    public var isPermanent: Bool { code >= 500 }

    /// The message is safe with us; `note` says where it went.
    public static func delivered(to recipient: Address, _ note: String) -> SMTPReply {
        SMTPReply(250, "2.1.5", "<\(recipient.specification)> \(note)")
    }

    /// No such address is known here.
    public static func unknown(_ recipient: Address) -> SMTPReply {
        SMTPReply(550, "5.1.1", "<\(recipient.specification)> is not known here")
    }

    /// Nothing can be said now; the sender keeps the message and tries again.
    public static let unavailable = SMTPReply(451, "4.3.0", "Not now; try again later")

    static let tooBig = SMTPReply(552, "5.3.4", "The message is too big")
    static let stopping = SMTPReply(421, "4.3.2", "Going down; try again later")
    /// Whoever sends commands in groups has sent this one before it heard what became of the recipients (RFC 2920).
    static let withoutRecipients = SMTPReply(503, "5.5.1", "No recipient was accepted")
    static let idle = SMTPReply(421, "4.4.2", "Nothing came for too long")
    static let tooManyFaults = SMTPReply(421, "4.7.0", "Too many mistakes")

    static func syntax(_ text: String) -> SMTPReply { SMTPReply(501, "5.5.4", text) }
    static func sequence(_ text: String) -> SMTPReply { SMTPReply(503, "5.5.1", text) }

    /// The lines of the reply, each with code and status, ending with CRLF. Whatever the text is, it cannot make up a
    /// reply of its own.
    var bytes: [UInt8] {
        let lines = text.replacingLineEnds.split(separator: "\n").map { line in
            String(decoding: line.unicodeScalars.prefix(400).map(Self.shown), as: UTF8.self)
        }
        let shown = lines.isEmpty ? [""] : lines
        var bytes: [UInt8] = []
        for (index, line) in shown.enumerated() {
            let separator = index + 1 < shown.count ? "-" : " "
            bytes += Array("\(code)\(separator)\(status.map { $0 + " " } ?? "")\(line)\r\n".utf8)
        }
        return bytes
    }

    /// What of a character can stand in a reply.
    private static func shown(_ scalar: Unicode.Scalar) -> UInt8 {
        (32..<127).contains(scalar.value) ? UInt8(scalar.value) : UInt8(ascii: "?")
    }
}
