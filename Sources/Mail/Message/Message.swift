public import Moments

/// A message as its reader has it: who wrote to whom and when, what it says and what came with it.
public struct Message: Sendable {
    /// The tree of parts, for what the properties here do not tell.
    public let root: Part
    /// What was wrong with the message.
    public let defects: [Defect]

    /// The authors. Empty if the message does not tell: then the sender of the envelope is all there is.
    public let from: [Address]
    /// Who sent it on behalf of the authors.
    public let sender: Address?
    /// Where the author wants answers.
    public let replyTo: [Address]
    public let to: [Address]
    public let cc: [Address]
    public let bcc: [Address]
    /// The sender of the envelope as the last server noted it; empty for the null sender `<>`. Nil if it is not told.
    public let returnPath: String?

    /// The subject, decoded, as one line; empty if there is none.
    public let subject: String
    /// The identifier of this message, without angle brackets.
    public let messageID: String?
    /// The messages that it answers, without angle brackets.
    public let inReplyTo: [String]
    /// The messages of its thread, oldest first, without angle brackets.
    public let references: [String]
    /// When it was sent, or else received by the last server. Nil if neither is told in a form that can be read.
    public let date: Moment?

    /// What it says, as plain text with line feeds; derived from the HTML if there is no other text.
    public let text: String
    /// The HTML as it was sent: it must be sanitised before it is shown. Nil if there is none.
    public let html: String?
    /// Everything in it that is a file, in order; nothing that was sent is left out.
    public let attachments: [Attachment]

    /// The fields of the message.
    public var header: Header { root.header }

    /// The one to hold as the author: the first author with an address, else the sender.
    public var author: Address? { from.first(where: \.isComplete) ?? sender ?? from.first }

    init(root: Part, body: Body, header: MessageHeader, defects: [Defect]) {
        self.root = root
        self.defects = defects
        from = header.from
        sender = header.sender
        replyTo = header.replyTo
        to = header.to
        cc = header.cc
        bcc = header.bcc
        returnPath = header.returnPath
        subject = header.subject
        messageID = header.messageID
        inReplyTo = header.inReplyTo
        references = header.references
        date = header.date
        text = body.text
        html = body.html
        attachments = body.attachments
    }
}
