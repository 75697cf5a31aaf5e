public import Mail
public import Secrets

/// The field by which the desk knows its own letters when they come back: a rule of a mail program that sends
/// everything on would else make two programs write to each other for ever.
public struct LoopMark: Sendable {
    public static let fieldName = "X-Meridian-Loop"

    private let marks: [String]

    public init(_ keys: MasterKeys) {
        marks = keys.keys(for: "loop-mark").map { Hex.encode(Array(Digest.hmac(of: "loop", key: $0).bytes.prefix(16))) }
    }

    /// What the field of a letter says: 32 hexadecimal digits in lower case.
    public var text: String { marks[0] }

    /// Whether a message, or one that a program passed on with its fields, went out from this desk.
    public func isOn(_ message: Message) -> Bool {
        message.header.all(Self.fieldName).contains { isOurs($0.text) }
    }

    /// Whether this is what the field of a letter of this desk says, under any of its keys.
    public func isOurs(_ value: some StringProtocol) -> Bool {
        let value = value.lowercased().filter { !$0.isWhitespace }
        return marks.contains { areEqualInConstantTime($0, value) }
    }
}
