import DeskTestSupport
import Foundation
import Testing

/// A mail that a journey begins with.
struct ArrivingMail: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]

    /// Of one kind: a real one where the shared data stands beside the package, and always one of ours.
    static let plain = [real("plain_emails/basic_email.eml"), ownPlain].compactMap(\.self)
    static let withAttachment = [real("multi_charset/japanese_attachment.eml"), ownWithAttachment].compactMap(\.self)

    /// A mail of the collection; nil where it is not there.
    private static func real(_ path: String) -> ArrivingMail? {
        let file = TestDesk.root.appending(path: "../shared/data/mail/mikel/\(path)")
        guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
        return ArrivingMail(testDescription: path, bytes: Array(data))
    }

    /// A few lines from somebody the desk does not know.
    private static let ownPlain = own(
        "a plain mail",
        """
        Received: from mail.kunde.example (mail.kunde.example [192.0.2.7]) by mx.norrsken.example;
        \tMon, 2 Mar 2026 10:00:00 +0100
        Message-ID: <first.question@kunde.example>
        From: Mari Vik <mari.vik@kunde.example>
        To: hjelp@oslo.norrsken.example
        Date: Mon, 2 Mar 2026 09:59:58 +0100
        Subject: The mailbox stays empty
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii

        Since this morning no mail has come.

        Mari
        """)

    /// A text in another alphabet, and a file with a name in it.
    private static let ownWithAttachment = own(
        "a mail with a file",
        """
        Message-ID: <second.question@kunde.example>
        From: =?UTF-8?B?xYF1a2Fzeg==?= <lukasz@kunde.example>
        To: hjelp@oslo.norrsken.example
        Date: Mon, 2 Mar 2026 09:59:58 +0100
        Subject: =?UTF-8?Q?B=C5=82=C4=85d?=
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=part

        --part
        Content-Type: text/plain; charset=UTF-8
        Content-Transfer-Encoding: quoted-printable

        B=C5=82=C4=85d drukarki.
        --part
        Content-Type: text/plain; charset=UTF-8
        Content-Disposition: attachment; filename="=?UTF-8?B?YsWCxIVkLnR4dA==?="
        Content-Transfer-Encoding: base64

        QsWCxIVkIDQyCg==
        --part--
        """)

    private static func own(_ name: String, _ text: String) -> ArrivingMail {
        ArrivingMail(testDescription: name, bytes: Array((text.replacing("\n", with: "\r\n") + "\r\n").utf8))
    }
}
