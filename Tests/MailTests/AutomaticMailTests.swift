import Mail
import Testing

@Suite("Automatic mail")
struct AutomaticMailTests {
    @Test(
        "Every sign is told",
        arguments: [
            ("Auto-Submitted: auto-generated (rejected)", .autoSubmitted("auto-generated")),
            ("Auto-Submitted: Auto-Replied; x=y", .autoSubmitted("auto-replied")),
            ("Precedence: Bulk", .precedence("bulk")),
            ("List-Id: <a.b.org>", .mailingList(field: "List-Id")),
            ("X-Auto-Response-Suppress: OOF, AutoReply", .responseSuppressed("OOF, AutoReply")),
            ("X-Loop: a@b.org", .marked(field: "X-Loop")),
            ("From: MAILER-DAEMON (Mail Delivery System)", .roleSender("mailer-daemon")),
            ("From: no-reply@b.org", .roleSender("no-reply")),
            ("From: list-bounces@b.org", .roleSender("list-bounces")),
            ("Return-Path: <>", .nullSender),
            ("From: <>", .nullSender),
            ("Content-Type: message/delivery-status", .report("delivery-status")),
            (
                "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
                .report("disposition-notification")
            ),
        ] as [(String, AutomaticMail.Reason)])
    func signs(field: String, reason: AutomaticMail.Reason) {
        let message = read("\(field)\nSubject: x\n\nx")
        #expect(AutomaticMail(message).reasons == [reason])
    }

    @Test("A person's message has none of them")
    func person() {
        let message = read(
            "From: Ada <ada@b.org>\nReturn-Path: <ada@b.org>\nAuto-Submitted: no\nPrecedence: normal\n\nx")
        #expect(!AutomaticMail(message).isAutomatic)
        #expect(AutomaticMail(message, envelopeSender: "").reasons == [.nullSender])
    }

    @Test("An absence note is told from other automatic mail")
    func absence() {
        #expect(AutomaticMail(read("Auto-Submitted: auto-replied (vacation)\n\n")).isAutomaticAnswer)
        #expect(!AutomaticMail(read("Auto-Submitted: auto-generated\n\n")).isAutomaticAnswer)
        #expect(!AutomaticMail(read("From: MAILER-DAEMON\nAuto-Submitted: auto-replied\n\n")).isAutomaticAnswer)
    }

    @Test("What a rule or an alias sends on is no answer, and what answers while somebody is away is one")
    func marks() {
        #expect(!AutomaticMail(read("From: a@b.org\nX-Loop: alias@b.org\n\nx")).isAutomaticAnswer)
        #expect(!AutomaticMail(read("From: a@b.org\nX-MS-Exchange-Inbox-Rules-Loop: c@b.org\n\nx")).isAutomaticAnswer)
        #expect(
            AutomaticMail(
                read("From: a@b.org\nX-Auto-Response-Suppress: All\nX-MS-Exchange-Inbox-Rules-Loop: c@b.org\n\nx")
            ).isAutomaticAnswer)
        #expect(AutomaticMail(read("From: a@b.org\nX-Autoreply: yes\n\nx")).isAutomaticAnswer)
    }

    @Test("Real bounces are automatic", .enabled(if: Samples.exist, Samples.absent))
    func realBounces() throws {
        let paths = Samples.paths(below: ["bounces"]).filter { $0.contains("lhost") || $0.contains("rfc3464") }
        let missed = try paths.filter { !AutomaticMail(MessageParser().parse(try Samples.bytes($0))).isAutomatic }
        #expect(Double(missed.count) <= 0.02 * Double(paths.count), "\(missed)")
    }
}
