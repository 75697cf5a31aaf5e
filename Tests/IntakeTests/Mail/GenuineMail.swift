/// Mail that people wrote and that has something of a bounce, a complaint or an absence note about it: every one of
/// them must be taken for what it is.
enum GenuineMail {
    /// The fields behind From and Subject, which begin each.
    static let all: [(name: String, mail: String)] = english + nordic + others + forwarded + lists

    private static func mail(_ subject: String, _ text: String, _ fields: String = "", from: String = "anna") -> String
    {
        """
        Return-Path: <\(from)@customer.example>
        From: Anna <\(from)@customer.example>
        To: hjelp@oslo.norrsken.example
        Subject: \(subject)
        Message-ID: <\(subject.utf8.count)\(text.utf8.count)@customer.example>
        \(fields)
        \(text)

        """
    }

    private static let english = [
        ("a rejected expense report", mail("My expense report was rejected", "It was rejected twice, please help.")),
        (
            "a parcel",
            mail("Delivery status of my laptop order 4711", "The tracking page says the order does not exist.")
        ),
        ("a login", mail("Login says user unknown", "Since today I get 'unknown user' at SAP.")),
        ("a full mailbox", mail("Mailbox full", "My mailbox is full and exceeds its quota: 550 MB of 500 MB.")),
        ("a code", mail("What does 550 5.1.1 mean", "I get 550 5.1.1 User unknown from ola@partner.example. Why?")),
        (
            "an address that cannot be reached",
            mail("Undeliverable", "Everything that I send to <ola@partner.example> is undeliverable since noon.")
        ),
        ("a failed delivery", mail("Failed delivery", "The courier's delivery failed and was returned to sender.")),
        ("a returned phone", mail("Returned mail", "The phone that I posted came back, returned to sender.")),
        ("a printer", mail("failure notice", "The printer shows a failure notice: fatal error 552 in tray 2.")),
        ("a spam filter", mail("Blocked by spam filter", "Your spam filter has blocked the newsletter we pay for.")),
        ("a virus", mail("Virus detected", "My screen says: virus detected, access denied. What do I do?")),
        ("a group", mail("I am not a member", "Why am I not a member of the finance group? Access is denied.")),
        ("an absence", mail("Out of office", "How do I set my out of office? I am away from Monday.")),
        ("an account", mail("Account disabled", "My account is disabled or discontinued, it says. Relaying denied.")),
        ("a quotation", mail("Re: Delivery report", "> 554 delivery error\n> over quota\n\nThis was my question.")),
        ("a server in the house", mail("Host unknown", "ping says unknown host, name or service not known.")),
    ]

    private static let nordic = [
        ("a Swedish one", mail("Kan inte leverera", "Mitt brev kunde inte levereras till kunden. Vad gör jag?")),
        ("a Swedish full mailbox", mail("Brevlådan full", "Min brevlåda är full, det går inte att skicka.")),
        ("a Norwegian one", mail("Kunne ikke leveres", "E-posten min kunne ikke leveres. Ukjent mottaker, sier den.")),
        ("a Norwegian absence", mail("Fraværsassistent", "Assistenten min svarer ikke. Automatisk svar, takk!")),
        ("a Norwegian refusal", mail("Søknaden ble avvist", "Reiseregningen ble avvist (rejected) av systemet.")),
    ]

    private static let others = [
        ("a Dutch one", mail("Niet bezorgd", "Mijn bericht is niet bezorgd aan de klant, adres onbekend.")),
        ("a Dutch absence", mail("Afwezig", "Mijn automatisch antwoord blijft aan staan, graag uitzetten.")),
        ("a Polish one", mail("Nie dostarczono", "Wiadomość nie została dostarczona. Adres nie istnieje?")),
        ("a Polish absence", mail("Automatyczna odpowiedź", "Jak ustawić automatyczną odpowiedź?")),
        ("a German one", mail("Unzustellbar", "Meine Mail war unzustellbar, Empfänger unbekannt.")),
    ]

    private static let bounce = """
        This is the mail system at host mail.customer.example.
        <ola@partner.example>: host mx.partner.example[192.0.2.7] said: 550 5.1.1
            <ola@partner.example>: Recipient address rejected: User unknown (in reply to RCPT TO command)
        """

    private static func parts(_ subject: String, _ text: String, _ type: String, _ content: String) -> String {
        mail(
            subject, "--b\nContent-Type: text/plain\n\n\(text)\n--b\nContent-Type: \(type)\n\n\(content)\n--b--",
            "Content-Type: multipart/mixed; boundary=b\n")
    }

    private static let forwarded = [
        ("a forwarded bounce", mail("Fwd: Undelivered Mail Returned to Sender", "Please look.\n\n\(bounce)")),
        (
            "a quoted bounce",
            mail(
                "VS: Mail delivery failed",
                "Hva betyr dette?\n\n> "
                    + bounce.split(separator: "\n")
                    .joined(separator: "\n> "))
        ),
        (
            "a bounce with the message that it returns",
            mail(
                "FW: failure notice",
                "See below.\n\n\(bounce)\n\n--- Below this line is a copy of the message.\n\n"
                    + "Return-Path: <anna@customer.example>\nReceived: from a by b; Thu, 1 Jan 2026 10:00:00 +0000\n"
                    + "From: anna@customer.example\nSubject: Hi\n\nHi"
            )
        ),
        (
            "a bounce as a file",
            parts(
                "Mail to Ola", "What is this?", "message/rfc822",
                "From: MAILER-DAEMON@customer.example\nSubject: Undelivered Mail\n\n\(bounce)")
        ),
        (
            "a forwarded report",
            parts(
                "Fwd: Undeliverable: offer", "It says 550 5.1.1.", "message/delivery-status",
                "Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; ola@partner.example\nAction: failed\nStatus: 5.1.1")
        ),
        (
            "a mail of one's own that failed",
            parts("Not delivered", "This was not delivered: 550 5.7.1", "message/rfc822", "From: a@b.example\n\nHello")
        ),
        (
            "what a postmaster writes",
            mail(
                "your server", "Your MX returned 554 errors since noon. Mail to your VIPs was rejected, user unknown.",
                from: "postmaster")
        ),
        (
            "what a postmaster sends on",
            mail("Fwd: Undelivered Mail", "Users got this.\n\n\(bounce)\n\nReceived: from a by b", from: "postmaster")
        ),
        ("what a program asks", mail("Disk alert", "Disk full on db1: 550 MB left.", from: "no-reply")),
    ]

    private static let lists = [
        ("mail by an alias", mail("Printer", "The printer is broken.", "X-Loop: alias@customer.example\n")),
        (
            "mail by a rule of Exchange",
            mail("Printer", "The printer is broken.", "X-MS-Exchange-Inbox-Rules-Loop: boss@customer.example\n")
        ),
        (
            "mail that wants no answer",
            mail("Password", "Please reset my password.", "X-Auto-Response-Suppress: All\n")
        ),
        (
            "mail by a list",
            mail("[staff] rejected", "Posts are rejected.", "List-Id: <staff.customer.example>\nPrecedence: list\n")
        ),
        (
            "a digest",
            mail(
                "staff Digest, Vol 1", "1. over quota\n2. Undelivered Mail Returned to Sender\n\n\(bounce)",
                "List-Id: <staff.customer.example>\nPrecedence: bulk\n")
        ),
        ("mail that says it is no answer", mail("Hello", "I was rejected.", "Auto-Submitted: no\n")),
    ]
}
