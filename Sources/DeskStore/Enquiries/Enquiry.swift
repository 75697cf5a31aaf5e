import Secrets

/// By what an enquiry is known again when it comes in a second time: at another address, at the desk of another site or
/// by another server.
public struct Enquiry: Sendable, Equatable {
    /// The address or the channel by which it came.
    let door: String
    /// The digest of its Message-ID and its author; nil where it was no mail.
    let message: [UInt8]?
    /// The digest of its author and its words.
    let content: [UInt8]

    /// How long the same words from the same author are the same enquiry when they come to another door under another
    /// Message-ID. The printer may be broken again next week.
    public static let window = Duration.seconds(3600)

    /// The portal, at which a person may say the same once more, but is asked whether he means it.
    public static let portal = "portal"

    /// What was asked by a form.
    public init(_ submission: Submission, at door: String) {
        self.init(
            at: door, from: submission.requester.address, messageID: nil,
            EnquiryWords(subject: submission.subject, text: submission.text),
            files: submission.uploads.map(\.content.digest))
    }

    /// - Parameters:
    ///   - messageID: nil where it was no mail. It counts together with its author only, so that nobody keeps the mail
    ///     of somebody else from being read by using its identifier first.
    ///   - files: the digests of what came with it.
    public init(at door: String, from author: String, messageID: String?, _ words: EnquiryWords, files: [[UInt8]]) {
        self.door = door.lowercased()
        let author = author.lowercased()
        message = messageID.map { Digest(sha256: "\($0)\n\(author)").bytes }
        var stream = DigestStream()
        stream.update(Array("\(author)\n\(words.subject)\n\(words.text)\n".utf8))
        for digest in files.map({ Hex.encode($0) }).sorted() { stream.update(Array("\(digest)\n".utf8)) }
        content = stream.finish().bytes
    }

    /// The locks that are held while it is looked up and written down: of the message, and of the words. Whoever takes
    /// both takes them in their order, so that nobody waits in a circle.
    var locks: [Int64] {
        [message, content].compactMap(\.self).map { digest in
            Int64(bitPattern: digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        }.sorted()
    }
}
