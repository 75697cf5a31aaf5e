public import Moments

/// A message that is to be written: what it says, to whom, and as what.
public struct Draft: Sendable {
    /// How a message that no person wrote marks itself (RFC 3834, section 5).
    public enum AutoSubmitted: String, Sendable {
        /// An answer to one message, such as an acknowledgement.
        case replied = "auto-replied"
        /// Anything else that a program sends of itself.
        case generated = "auto-generated"
    }

    /// A file that goes along.
    public struct File: Sendable {
        public var name: String
        /// The media type: `application/pdf`.
        public var type: String
        public var content: [UInt8]
        /// The identifier under which the HTML shows it (`cid:`), without angle brackets.
        public var contentID: String?

        public init(name: String, type: String, content: [UInt8], contentID: String? = nil) {
            self.name = name
            self.type = type
            self.content = content
            self.contentID = contentID
        }
    }

    public var from: Address
    public var sender: Address?
    public var replyTo: [Address] = []
    public var to: [Address]
    public var cc: [Address] = []
    public var subject: String
    /// The text, lines ending with a line feed or in any other way.
    public var text: String
    /// The same as HTML, for programs that prefer it.
    public var html: String?
    public var files: [File] = []
    /// The identifier of this message, without angle brackets.
    public var messageID: String
    /// The messages that it answers, without angle brackets.
    public var inReplyTo: [String] = []
    /// The messages of its thread, oldest first, without angle brackets.
    public var references: [String] = []
    public var date: Moment
    public var autoSubmitted: AutoSubmitted?
    /// Further fields, in their order.
    public var fields: [Field] = []

    /// A field that the draft has no property for.
    public struct Field: Sendable {
        public var name: String
        /// The value as text; control characters in it become blanks.
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(from: Address, to: [Address], subject: String, text: String, messageID: String, date: Moment) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.messageID = messageID
        self.date = date
    }
}
