extension RealMail {
    /// Character sets, plain texts and the examples of the standard.
    static let ofText: [RealMail] = [
        RealMail(
            "mikel/multi_charset/japanese.eml",
            from: "Mikel Lindsaar <raasdnil@gmail.com>",
            subject: "まみむめも",
            text: "かきくえこ"),
        RealMail(
            "mikel/multi_charset/japanese_attachment.eml",
            from: "Mikel Lindsaar <raasdnil@gmail.com>",
            subject: "testing",
            text: "testing",
            files: ["てすと.txt | text/plain | 33"]),
        RealMail(
            "mikel/multi_charset/japanese_attachment_long_name.eml",
            from: "Mikel Lindsaar <mikel@test.lindsaar.net>",
            subject: "まみむめもまみむめもまみむめもまみむめもまみむめもまみむめもまみむめもまみむめもまみむめもまみむめも",
            text: "",
            files: ["かきくけこかきくけこかきくけこかきくけこかきくけこ.txt | text/plain | 18"]),
        RealMail(
            "mikel/multi_charset/japanese_iso_2022.eml",
            from: "Mikel Lindsaar <raasdnil@gmail.com>",
            subject: "まみむめも",
            text: "すみません。"),
        RealMail(
            "mikel/multi_charset/japanese_shift_jis.eml",
            from: "xxxxxxx@docomo.ne.jp",
            subject: "test",
            text: "あいうえお"),
        RealMail(
            "mikel/multi_charset/ks_c_5601-1987.eml",
            from: "from@example.com",
            subject: "test",
            text: "스티해"),
        RealMail(
            "mikel/rfc6532/utf8_headers.eml",
            from: "Jöhn Doe <jdöe@mächine.example>",
            subject: "Säying Hello",
            text: "body"),
        RealMail(
            "mikel/plain_emails/mix_caps_content_type.eml",
            from: "Big Bug <bb@bug.com>",
            subject: "undef method parameter bug",
            text: "foo bar"),
        RealMail(
            "mikel/plain_emails/raw_email.eml",
            from: "Jamis Buck <jamis@37signals.com>",
            subject: "NOTE: 한국말로 하는 것",
            text: "대부분의 마찬가지로, 우리는 하나님을 믿습니다."),
        RealMail(
            "mikel/plain_emails/raw_email10.eml",
            from: "xxx@xxxx.xxx",
            subject: "",
            text: "Test test. Hi. Waving. m"),
        RealMail(
            "mikel/plain_emails/raw_email5.eml",
            from: "xxx@xxxx.xxx",
            subject: "",
            text: "Test test. Hi. Waving. m"),
        RealMail(
            "mikel/plain_emails/raw_email_bad_time.eml",
            from: "Атиковa <yusuf75thu@auracom.net>",
            subject: "[0]: XXXXXXX XXXXX XXXXX !",
            text: "Filter2: This message has been scanned for viruses and"),
        RealMail(
            "mikel/plain_emails/raw_email_double_at_in_header.eml",
            from: "Jamis Buck <jamis@37signals.com>",
            subject: "NOTE: 한국말로 하는 것",
            text: "대부분의 마찬가지로, 우리는 하나님을 믿습니다."),
        RealMail(
            "mikel/plain_emails/raw_email_incorrect_header.eml",
            from: "xxx xxx <xxx@xxx.xxx>",
            subject: "Stop adware/spyware once and for all.",
            text: "You are infected with:"),
        RealMail(
            "mikel/plain_emails/raw_email_multiple_from.eml",
            from: "tim@powerupdev.com, concierge@powerupdev.com",
            subject: "/home/svn/public/minebox revision 214",
            text: "<p><b>recordkick</b> 2007-10-22 23:45:23 +0000 (Mon, 22 Oct 2007)</p><"),
        RealMail(
            "mikel/plain_emails/raw_email_quoted_with_0d0a.eml",
            from: "foo@example.com",
            subject: "testing",
            text: "A fax has arrived from remote ID ''."),
        RealMail(
            "mikel/plain_emails/raw_email_reply.eml",
            from: "Testing <xxxxxxxx@xxx.org>",
            subject: "Re: Test reply email",
            text: "Message body"),
        RealMail(
            "mikel/plain_emails/raw_email_simple.eml",
            from: "Mikel Lindsaar <mikel@nowhere.com>",
            subject: "Testing outlook",
            text: "Hello Mikel"),
        RealMail(
            "mikel/plain_emails/raw_email_trailing_dot.eml",
            from: "Sandy M. <noreply@rubyforge.org>",
            subject: "[skynet-help][60666] How are intermediate files handled in SkyNet?",
            text: "Testing, testing, 123."),
        RealMail(
            "mikel/plain_emails/raw_email_with_at_display_name.eml",
            from: "Mikel Lindsaar <test@lindsaar.net>, jack@lindsar.com",
            subject: "Testing 123",
            text: "Plain email."),
        RealMail(
            "mikel/plain_emails/raw_email_with_bad_date.eml",
            from: "Darrell Shaw <subventive@vodtravel.com>",
            subject: "Microsoft Vlsta & Office2007, Just released for 79$ Save 1599.95$ 0ff Retai|",
            text: "hotnewsoft . com"),
        RealMail(
            "mikel/plain_emails/raw_email_with_partially_quoted_subject.eml",
            from: "Jamis Buck <jamis@37signals.com>",
            subject: "Re: Test: \"漢字\" mid \"漢字\" tail",
            text: "대부분의 마찬가지로, 우리는 하나님을 믿습니다."),
        RealMail(
            "mikel/rfc2822/example03.eml",
            from: "Joe Q. Public <john.q.public@example.com>",
            subject: "",
            text: "Hi everyone."),
        RealMail(
            "mikel/rfc2822/example06.eml",
            from: "Mary Smith <mary@example.net>",
            subject: "Re: Saying Hello",
            text: "This is a reply to your hello."),
        RealMail(
            "mikel/rfc2822/example10.eml",
            from: "Pete <pete@silly.test>",
            subject: "",
            text: "Testing."),
        RealMail(
            "mikel/rfc2822/example11.eml",
            from: "Joe Q. Public <john.q.public@example.com>",
            subject: "",
            text: "Hi everyone."),
        RealMail(
            "mikel/rfc2822/example13.eml",
            from: "John Doe <jdoe@machine.example>",
            subject: "Saying Hello",
            text: "This is a message just to say hello."),
        RealMail(
            "mikel/rfc2822/example14.eml",
            from: "Atsushi Yoshida <atsushi@example.com>",
            subject: "Re: TEST テストテスト",
            text: "Hello"),
        RealMail(
            "cpython/msg_01.txt",
            from: "John X. Doe <bbb@ddd.com>",
            subject: "This is a test message",
            text: "Hi,"),
        RealMail(
            "cpython/msg_02.txt",
            from: "ppp-request@zzz.org",
            subject: "Ppp digest, Vol 1 #2 - 5 msgs",
            text: "Send Ppp mailing list submissions to",
            files: [
                "[Ppp] testing #1.eml | message/rfc822 | 235", "message.eml | message/rfc822 | 209",
                "[Ppp] testing #3.eml | message/rfc822 | 235", "[Ppp] testing #4.eml | message/rfc822 | 235",
                "[Ppp] testing #5.eml | message/rfc822 | 237",
            ]),
        RealMail(
            "cpython/msg_04.txt",
            from: "Barry A. Warsaw <barry@python.org>",
            subject: "a simple multipart",
            text: "",
            files: ["msg.txt | text/plain | 48", "msg.txt | text/plain | 48"]),
        RealMail(
            "cpython/msg_07.txt",
            from: "Barry <barry@digicool.com>",
            subject: "Here is your dingus fish",
            text: "Hi there,",
            files: ["dingusfish.gif | image/gif | 3512"]),
        RealMail(
            "cpython/msg_10.txt",
            from: "Barry Warsaw <barry@python.org>",
            subject: "Lyrics",
            text: "This is a 7bit encoded message."),
        RealMail(
            "cpython/msg_14.txt",
            from: "John X. Doe <bbb@ddd.com>",
            subject: "This is a test message",
            text: "Hi,"),
        RealMail(
            "cpython/msg_16.txt",
            from: "Internet Mail Delivery <postmaster@ucla.edu>",
            subject: "Delivery Notification: Delivery has failed",
            text: "This report relates to a message you sent with the following header fi",
            files: [
                "delivery-status.txt | message/delivery-status | 265",
                "[scr] yeah for Ians!!.eml | message/rfc822 | 2646",
            ]),
        RealMail(
            "cpython/msg_22.txt",
            from: "b@example.com",
            subject: "",
            text: "Text text text.",
            files: ["wibble.JPG | image/jpeg | 272", "wibble2.JPG | image/jpeg | 317"]),
        RealMail(
            "cpython/msg_25.txt",
            from: "Mail Delivery Subsystem <MAILER-DAEMON@zinfandel.lacita.com>",
            subject:
                "Returned mail: Too many hops 19 (17 max): from <linuxuser-admin@www.linux.org.uk> via "
                + "[199.164.235.226], to <scoffman@wellpartner.com>",
            text: "The original message was received at Fri, 6 Apr 2001 09:23:03 -0800 (G",
            files: [
                "delivery-status.txt | message/delivery-status | 280",
                "message-header.txt | text/rfc822-headers | 3254",
            ]),
        RealMail(
            "cpython/msg_26.txt",
            from: "Father Time <father.time@xcar.wooster.local>",
            subject: "IMAP file test",
            text: "Simple email with attachment.",
            files: ["clock.bmp | application/riscos | 630"]),
        RealMail(
            "cpython/msg_35.txt",
            from: "aperson@dom.ain",
            subject: "here's something interesting",
            text: "counter to RFC 2822, there's no separating newline here"),
        RealMail(
            "cpython/msg_36.txt",
            from: "Internet-Drafts@ietf.org",
            subject: "I-D ACTION:draft-ietf-mboned-mix-00.txt",
            text: "Blah blah blah",
            files: [
                "attachment.bin | message/external-body | 133",
                "draft-ietf-mboned-mix-00.txt | message/external-body | 68",
            ]),
        RealMail(
            "cpython/msg_38.txt",
            from: "",
            subject: "",
            text: "Unlike the test test_nested-multiples-with-internal-boundary, this"),
        RealMail(
            "cpython/msg_43.txt",
            from: "MAILER DAEMON",
            subject: "Banned file: auto__mail.python.bat in mail from you",
            text: "BANNED FILENAME ALERT",
            files: [
                "delivery-status.txt | message/delivery-status | 6106",
                "message-header.txt | text/rfc822-headers | 530",
            ]),
        RealMail(
            "cpython/msg_45.txt",
            from: "foo@bar.baz",
            subject: "test",
            text: "This is the signed contents.",
            files: ["signature.asc | application/pgp-signature | 189"]),
    ]
}
