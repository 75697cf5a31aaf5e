/// The number by which people call a ticket, such as `OSL-10432`: the code of its site of origin and a number given out
/// by that site. It never changes, wherever the ticket moves.
public struct TicketNumber: Hashable, Sendable {
    /// Two to eight capital letters and digits, a letter first.
    public let site: String
    /// 1 or more.
    public let sequence: Int64

    /// The number, or nil where the code is no site code or the sequence is below 1.
    public init?(site: some StringProtocol, sequence: Int64) {
        guard Self.isSiteCode(site), sequence >= 1 else { return nil }
        self.site = String(site)
        self.sequence = sequence
    }

    /// Reads `[A-Z][A-Z0-9]{1,7}-[1-9][0-9]*` and nothing else.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        guard let dash = bytes.firstIndex(of: UInt8(ascii: "-")) else { return nil }
        let digits = bytes[bytes.index(after: dash)...]
        guard let first = digits.first, first != UInt8(ascii: "0"), digits.allSatisfy(Self.isDigit),
            let sequence = Int64(String(decoding: digits, as: UTF8.self))
        else { return nil }
        self.init(site: String(decoding: bytes[..<dash], as: UTF8.self), sequence: sequence)
    }

    /// Whether a text can be the code of a site.
    public static func isSiteCode(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, isCapital(first), (2...8).contains(bytes.count) else { return false }
        return bytes.allSatisfy { isCapital($0) || isDigit($0) }
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension TicketNumber: CustomStringConvertible {
    public var description: String { "\(site)-\(sequence)" }
}

extension TicketNumber: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let number = TicketNumber(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is not a ticket number; write one such as OSL-10432")
        }
        self = number
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
