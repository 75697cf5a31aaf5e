extension RealMail {
    /// What the tests of another reader of mail hold, for the most part with empty or very short parts.
    static let small: [RealMail] = [
        RealMail(
            "cpython/msg_03.txt",
            from: "John X. Doe <bbb@ddd.com>",
            subject: "This is a test message",
            text: "Hi,\n\nDo you like this message?\n\n-Me"),
        RealMail(
            "cpython/msg_05.txt",
            from: "foo",
            subject: "bar",
            text: "Yadda yadda yadda",
            files: ["attachment.txt | text/plain | 18", "message.eml | message/rfc822 | 43"]),
        RealMail(
            "cpython/msg_06.txt",
            from: "Barry A. Warsaw <barry@python.org>",
            subject: "forwarded message from Barry A. Warsaw",
            text: "",
            files: ["testing.eml | message/rfc822 | 481"]),
        RealMail(
            "cpython/msg_08.txt",
            from: "Barry Warsaw <barry@python.org>",
            subject: "Lyrics",
            text: ""),
        RealMail(
            "cpython/msg_09.txt",
            from: "Barry Warsaw <barry@python.org>",
            subject: "Lyrics",
            text: ""),
        RealMail(
            "cpython/msg_11.txt",
            from: "",
            subject: "The enclosing message",
            text: "",
            files: ["An enclosed message.eml | message/rfc822 | 63"]),
        RealMail(
            "cpython/msg_12.txt",
            from: "Barry Warsaw <barry@python.org>",
            subject: "Lyrics",
            text: ""),
        RealMail(
            "cpython/msg_12a.txt",
            from: "Barry Warsaw <barry@python.org>",
            subject: "Lyrics",
            text: ""),
        RealMail(
            "cpython/msg_13.txt",
            from: "Barry <barry@digicool.com>",
            subject: "Here is your dingus fish",
            text: "A text/plain part\n\nHi there,\n\nThis is the dingus fish.",
            files: ["dingusfish.gif | image/gif | 3512"]),
        RealMail(
            "cpython/msg_15.txt",
            from: "xx@xx.dk",
            subject: "XX",
            text: "Some removed test.\n\nSome removed text."),
        RealMail(
            "cpython/msg_17.txt",
            from: "Barry <barry@digicool.com>",
            subject: "Here is your dingus fish",
            text: "Hi there,\n\nThis is the dingus fish.\n\n[Non-text (image/gif) part of"),
        RealMail(
            "cpython/msg_18.txt",
            from: "",
            subject: "",
            text: ""),
        RealMail(
            "cpython/msg_19.txt",
            from: "",
            subject: "",
            text: "Send Ppp mailing list submissions to\n\tppp@zzz.org\n\nTo subscribe or"),
        RealMail(
            "cpython/msg_20.txt",
            from: "John X. Doe <bbb@ddd.com>",
            subject: "This is a test message",
            text: "Hi,\n\nDo you like this message?\n\n-Me"),
        RealMail(
            "cpython/msg_21.txt",
            from: "aperson@dom.ain",
            subject: "Test",
            text: "One\n\nTwo"),
        RealMail(
            "cpython/msg_23.txt",
            from: "aperson@dom.ain",
            subject: "",
            text: "A message part"),
        RealMail(
            "cpython/msg_24.txt",
            from: "bperson@dom.ain",
            subject: "A subject",
            text: ""),
        RealMail(
            "cpython/msg_27.txt",
            from: "Anne P. Erson <aperson@dom.ain>",
            subject:
                "bug demonstration 12345678911234567892123456789312345678941234567895123456789612345678971234567898"
                + "112345678911234567892123456789112345678911234567892123456789 more text",
            text: "test"),
        RealMail(
            "cpython/msg_28.txt",
            from: "aperson@dom.ain",
            subject: "",
            text: "",
            files: ["ee.eml | message/rfc822 | 96", "ee.eml | message/rfc822 | 96"]),
        RealMail(
            "cpython/msg_29.txt",
            from: "John X. Doe <bbb@ddd.com>",
            subject: "This is a test message",
            text: "Hi,\n\nDo you like this message?\n\n-Me"),
        RealMail(
            "cpython/msg_30.txt",
            from: "aperson@dom.ain",
            subject: "",
            text: "",
            files: ["ee.eml | message/rfc822 | 96", "ee.eml | message/rfc822 | 96"]),
        RealMail(
            "cpython/msg_31.txt",
            from: "aperson@dom.ain",
            subject: "",
            text: "message 1\n\nmessage 2"),
        RealMail(
            "cpython/msg_32.txt",
            from: "Anne Person <aperson@example.com>",
            subject: "Re: Limiting Perl CPU Utilization...",
            text: "Some message."),
        RealMail(
            "cpython/msg_33.txt",
            from: "Anne Person <aperson@example.com>",
            subject: "Re: Limiting Perl CPU Utilization...",
            text: "part 1",
            files: ["attachment.txt | text/plain | 7"]),
        RealMail(
            "cpython/msg_34.txt",
            from: "aperson@dom.ain",
            subject: "",
            text: "This is a text plain part that is counter to recommended practice in",
            files: ["message.eml | message/rfc822 | 56"]),
        RealMail(
            "cpython/msg_37.txt",
            from: "",
            subject: "",
            text: "Blah\n\nBlah\n\nBlah"),
        RealMail(
            "cpython/msg_39.txt",
            from: "",
            subject: "",
            text: "--\nIt's never too late to have a happy childhood.",
            files: ["attachment.bin | application/octet-stream | 2", "attachment.bin | application/octet-stream | 2"]),
        RealMail(
            "cpython/msg_40.txt",
            from: "",
            subject: "",
            text: "----961284236552522269 Content-Type: text/html;"),
        RealMail(
            "cpython/msg_41.txt",
            from: "Allison Dunlap <xxx@example.com>",
            subject: "64423",
            text: "Blah blah blah"),
        RealMail(
            "cpython/msg_42.txt",
            from: "Mail Delivery Subsystem <xxx@example.com>",
            subject: "",
            text: "Stuff",
            files: ["message.eml | message/rfc822 | 102"]),
        RealMail(
            "cpython/msg_44.txt",
            from: "Barry A. Warsaw <barry@python.org>",
            subject: "a simple multipart",
            text: "a simple kind of mirror\nto reflect upon our own",
            files: ["msg.txt | text/plain | 48"]),
        RealMail(
            "cpython/msg_46.txt",
            from: "Sender <sender@example.net>",
            subject: "GroupwiseForwardingTest",
            text: "",
            files: ["GroupwiseForwardingTest.eml | message/rfc822 | 375"]),
        RealMail(
            "cpython/msg_47.txt",
            from: "arthur@example.example",
            subject: "",
            text: "bar\n\nbaz"),
    ]
}
