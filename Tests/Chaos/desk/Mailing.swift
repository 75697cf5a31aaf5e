import Foundation

/// A mail on its way to the desk.
struct Mailing {
    enum Kind: String {
        case enquiry, answer
        /// What mail systems and mail programs say by themselves.
        case bounce, absence
    }

    let kind: Kind
    /// What it is about: all copies of an enquiry are of one matter.
    let matter: Int
    /// Which of the messages of its matter it is; copies of one message have its number.
    var message = 1
    let author: String
    /// Where it goes now.
    var recipients: [String]
    let subject: String
    let text: String
    /// The Message-ID of the letter that it answers.
    var answered: String?
    /// By how many servers it came.
    var hops = 1

    var messageID: String { "\(kind.rawValue)-\(matter).\(message)@customer.example" }
    /// The envelope's sender; nil for the null sender.
    var sender: String? { kind == .bounce ? nil : author }
    /// Whether no person wrote it.
    var isAutomatic: Bool { kind == .bounce || kind == .absence }

    /// As it is sent, with what the servers on its way put before it.
    var content: [UInt8] {
        var lines = (0..<hops).map { "Received: from mx\($0).example by mx\($0 + 1).example; hop \($0)" }
        lines += [
            "From: \(kind == .bounce ? "MAILER-DAEMON@mx.example" : author)",
            "To: \(recipients.joined(separator: ", "))", "Subject: \(subject)", "Message-ID: <\(messageID)>",
        ]
        if let answered { lines += ["In-Reply-To: <\(answered)>", "References: <\(answered)>"] }
        if kind == .absence { lines.append("Auto-Submitted: auto-replied") }
        lines += kind == .bounce ? report : ["", text, ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// A delivery report (RFC 3464).
    private var report: [String] {
        [
            "MIME-Version: 1.0", "Content-Type: multipart/report; report-type=delivery-status; boundary=b", "",
            "--b", "", text, "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example", "",
            "Final-Recipient: rfc822; \(author)", "Action: failed", "Status: 5.1.1", "", "--b--", "",
        ]
    }
}

/// The mail that was sent to the desk, and what the desk said to it.
struct Post {
    /// What somebody wrote of a matter, and what the desk said to it.
    struct Matter {
        let kind: Mailing.Kind
        var messages: Set<String> = []
        var isParked = false
        /// What was said to each mail, in order, so that a breach can be told with its cause.
        var said: [String] = []
    }

    var sent = 0
    /// By message and recipient, what the desk said that it has, and how often.
    var taken: [String: Int] = [:]
    /// What people wrote; what mail systems say by themselves is no matter of anybody's.
    var matters: [Int: Matter] = [:]
    /// The letters to which nobody has had the chance to answer yet come once; those that come again are not read.
    var read: Set<String> = []
    /// How often somebody answered letters about a ticket: nobody does for ever.
    var answers: [String: Int] = [:]

    /// Somebody sends a mail.
    mutating func note(_ mailing: Mailing) {
        if mailing.isAutomatic { return }
        matters[mailing.matter, default: Matter(kind: mailing.kind)].messages.insert(mailing.messageID)
    }

    /// The number of a matter that nobody wrote about before.
    mutating func nextMatter() -> Int {
        sent += 1
        return sent
    }
}
