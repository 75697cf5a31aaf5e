import Mail
import Testing

@Suite("Delivery reports")
struct DeliveryReportTests {
    private func report(_ status: String) throws -> DeliveryReport {
        let message = read(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n--b\n"
                + "Content-Type: message/delivery-status\n\n\(status)\n--b\n"
                + "Content-Type: message/rfc822\n\nMessage-ID: <one@x.org>\n\nHello\n--b--")
        return try #require(DeliveryReport(message))
    }

    @Test("A report tells the fate for each recipient and the message that it is about")
    func wellFormed() throws {
        let report = try report(
            """
            Reporting-MTA: dns; mx.example.org
            Original-Envelope-Id: abc
            Arrival-Date: Tue, 5 May 2020 10:00:00 +0000

            Original-Recipient: rfc822;ada@example.org
            Final-Recipient: rfc822; lovelace@example.org
            Action: failed
            Status: 5.1.1 (unknown)
            Remote-MTA: dns; mx.other.example
            Diagnostic-Code: smtp; 550 5.1.1 no such: user

            Final-Recipient: rfc822;<bo@example.org>
            Action: delayed
            Status: 4.2.2
            """)
        #expect(report.reportingServer == "mx.example.org")
        #expect(report.originalEnvelopeID == "abc")
        #expect(report.originalMessageID == "one@x.org")
        let first = try #require(report.recipients.first)
        #expect(first.address == "lovelace@example.org")
        #expect(first.originalAddress == "ada@example.org")
        #expect(first.status == "5.1.1")
        #expect(first.isPermanent)
        #expect(first.diagnostic == "550 5.1.1 no such: user")
        #expect(report.recipients.map(\.action) == [.failed, .delayed])
        #expect(report.recipients.last?.isPermanent == false)
    }

    @Test(
        "Empty lines may be missing or too many",
        arguments: [
            "Reporting-MTA: dns;x\nFinal-Recipient: rfc822;a@b.c\nAction: failed\nStatus: 5.0.0\n"
                + "Final-Recipient: rfc822;d@e.f\nAction: failed\nStatus: 5.0.0",
            "\n\nReporting-MTA: dns;x\n\n\nFinal-Recipient: rfc822;a@b.c\n\nAction: failed\n\nStatus: 5.0.0\n\n\n"
                + "Final-Recipient: rfc822;d@e.f\nAction: failed\nStatus: 5.0.0\n\n",
            "junk\nReporting-MTA: dns;x\n\nFinal-Recipient: rfc822;a@b.c\nAction: failed\nStatus: 5.0.0\n\njunk\njunk\n"
                + "Final-Recipient: rfc822;d@e.f\nAction: failed\nStatus: 5.0.0\njunk\n",
        ])
    func emptyLines(status: String) throws {
        let report = try report(status)
        #expect(report.recipients.map(\.address) == ["a@b.c", "d@e.f"])
        #expect(report.recipients.map(\.status) == ["5.0.0", "5.0.0"])
    }

    @Test("An ordinary message is no report", .enabled(if: Samples.exist, Samples.absent))
    func ordinary() throws {
        let path = "mikel/plain_emails/basic_email.eml"
        #expect(DeliveryReport(MessageParser().parse(try Samples.bytes(path))) == nil)
    }

    @Test(
        "Real reports name recipients and status", .enabled(if: Samples.exist, Samples.absent),
        arguments: Samples.paths(below: ["bounces"]).filter { $0.contains("rfc3464") || $0.contains("lhost-postfix") })
    func realReports(path: String) throws {
        guard let report = DeliveryReport(MessageParser().parse(try Samples.bytes(path))) else { return }
        // One of them truly names nobody.
        guard !path.hasSuffix("lhost-postfix-64.eml") else { return #expect(report.recipients.isEmpty) }
        #expect(!report.recipients.isEmpty)
        #expect(report.recipients.contains { $0.address?.contains("@") == true || $0.originalAddress != nil })
    }
}
