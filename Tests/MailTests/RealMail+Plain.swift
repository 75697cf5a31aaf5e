extension RealMail {
    /// Plain letters, the rest of the examples of the standard, advertisements and reports.
    static let plain: [RealMail] = [
        RealMail(
            "mikel/error_emails/content_transfer_encoding_empty.eml",
            from: "3712f2@msa.hinet.net",
            subject:
                "4d8119¡@(¤j¸ÉªwÄÑ±M½æ) ¤j®a»¡\u{AD}^»y ¨C¤éÅ¥MP3 (2004¦~6¤ë¥÷) ÁcÅé¤¤¤å¥úºÐª© (\u{AD}^»y±Ð¾Ç)¡@8afb90",
            text: "9bbf38a544f990e73cd12f3c56c60e6180edebd31d752d3997fa4c0650d6aaa338f73f"),
        RealMail(
            "mikel/error_emails/content_transfer_encoding_spam.eml",
            from: "neal ragland <shechem@poetrix.com>",
            subject: "",
            text: "middagh  oldusercompare\nothermachine  one-twist  natascha mz05 ntsoft"),
        RealMail(
            "mikel/error_emails/content_transfer_encoding_with_8bits.eml",
            from: "announcements@provantage.com <announcements@provantage.com>",
            subject: "The Original Advantage #e13011",
            text: "----------\nDecember 04, 2001\n\nCan't read this email? Click here"),
        RealMail(
            "mikel/error_emails/empty_group_lists.eml",
            from: "Cecil Edwards <ceciledwards@sbcglobal.net>",
            subject: "Western Union Swift Money Transfer",
            text: "Attention Beneficiary:\n \nThis is to officially informed you that we"),
        RealMail(
            "mikel/error_emails/multiple_invalid_content_dispositions.eml",
            from: "redacted@flashmail.net",
            subject: "Redacted",
            text: "foo"),
        RealMail(
            "mikel/error_emails/must_supply_encoding.eml",
            from: "Biz Phone Systems from EclipseMediaOnline�� <info@here2there-travelers-msgs.net>",
            subject: "Impress your clients with a business phone���",
            text: ""),
        RealMail(
            "mikel/mime_emails/raw_email_with_quoted_illegal_boundary.eml",
            from: "Mikel Lindsaar <email_test@me.nowhere>",
            subject: "Testing outlook",
            text: "Hello\nThis is an outlook test\n\nSo there.\n\nMe."),
        RealMail(
            "mikel/multipart_report_emails/multi_address_bounce1.eml",
            from: "Mail Delivery System <MAILER-DAEMON@lvmail01.LL.com>",
            subject: "Undelivered Mail Returned to Sender",
            text: "This is the mail system at host lvmail01.LL.com.\n\nI'm sorry to have",
            files: [
                "delivery-status.txt | message/delivery-status | 2780",
                "Test of bounce email.eml | message/rfc822 | 1381",
            ]),
        RealMail(
            "mikel/multipart_report_emails/multi_address_bounce2.eml",
            from: "Mail Delivery System <MAILER-DAEMON@lvmail01.LL.com>",
            subject: "Undelivered Mail Returned to Sender",
            text: "This is the mail system at host lvmail01.LL.com.\n\nI'm sorry to have",
            files: [
                "delivery-status.txt | message/delivery-status | 2780",
                "Test of bounce email.eml | message/rfc822 | 1381",
            ]),
        RealMail(
            "mikel/multipart_report_emails/multipart_report_multiple_status.eml",
            from: "Mail Administrator <Postmaster@ci.com>",
            subject: "Mail System Error - Returned Mail",
            text: "",
            files: [
                "delivery-status.txt | message/delivery-status | 184",
                "delivery-status.txt | message/delivery-status | 262",
                "Your Friend F M wants you to join HomeRun.eml | message/rfc822 | 2680",
            ]),
        RealMail(
            "mikel/multipart_report_emails/report_422.eml",
            from: "Mail Delivery Subsystem <MAILER-DAEMON@tppppp.com.au>",
            subject: "Warning: could not send message for past 8 hours",
            text: "    **********************************************\n    **      THIS",
            files: [
                "delivery-status.txt | message/delivery-status | 337", "message-header.txt | text/rfc822-headers | 686",
            ]),
        RealMail(
            "mikel/multipart_report_emails/report_530.eml",
            from: "Mail Delivery Subsystem <MAILER-DAEMON@tttttt.com.au>",
            subject: "Returned mail: see transcript for details",
            text: "The original message was received at Mon, 24 Dec 2007 10:03:47 +1100",
            files: [
                "delivery-status.txt | message/delivery-status | 387",
                "message-header.txt | text/rfc822-headers | 1663",
            ]),
        RealMail(
            "mikel/plain_emails/basic_email.eml",
            from: "Mikel Lindsaar <test@lindsaar.net>",
            subject: "Testing 123",
            text: "Plain email.\n\nHope it works well!\n\nMikel"),
        RealMail(
            "mikel/plain_emails/basic_email_lf.eml",
            from: "Mikel Lindsaar <test@lindsaar.net>",
            subject: "Testing 123",
            text: "Plain email.\n\nHope it works well!\n\nMikel"),
        RealMail(
            "mikel/plain_emails/raw_email6.eml",
            from: "xxx@xxxx.xxx",
            subject: "",
            text: "Test test. Hi. Waving. m\n"),
        RealMail(
            "mikel/plain_emails/raw_email8.eml",
            from: "xxxxxxxxx xxxxxxx <xxxxxxxxx.xxxxxxx@gmail.com>",
            subject: "Fwd: Signed email causes file attachments",
            text: "We should not include these files or vcards as attachments.\n",
            files: ["01 Quien Te Dij at. Pitbull.mp3 | application/octet-stream | 399"]),
        RealMail(
            "mikel/plain_emails/raw_email_string_in_date_field.eml",
            from: "mikel@me.com",
            subject: "NOTE: 한국말로 하는 것",
            text: "대부분의 마찬가지로, 우리는 하나님을 믿습니다.\n\n제 이름은 Jamis입니다."),
        RealMail(
            "mikel/rfc2822/example01.eml",
            from: "John Doe <jdoe@machine.example>",
            subject: "Saying Hello",
            text: "This is a message just to say hello.\nSo, \"Hello\"."),
        RealMail(
            "mikel/rfc2822/example02.eml",
            from: "John Doe <jdoe@machine.example>",
            subject: "Saying Hello",
            text: "This is a message just to say hello.\nSo, \"Hello\"."),
        RealMail(
            "mikel/rfc2822/example04.eml",
            from: "Pete <pete@silly.example>",
            subject: "",
            text: "Testing."),
        RealMail(
            "mikel/rfc2822/example05.eml",
            from: "John Doe <jdoe@machine.example>",
            subject: "Saying Hello",
            text: "This is a message just to say hello.\nSo, \"Hello\"."),
        RealMail(
            "mikel/rfc2822/example07.eml",
            from: "John Doe <jdoe@machine.example>",
            subject: "Re: Saying Hello",
            text: "This is a reply to your reply."),
        RealMail(
            "mikel/rfc2822/example08.eml",
            from: "John Doe <jdoe@machine.example>",
            subject: "Saying Hello",
            text: "This is a message just to say hello.\nSo, \"Hello\"."),
        RealMail(
            "mikel/rfc2822/example09.eml",
            from: "John Doe <jdoe@machine.example>",
            subject: "Saying Hello",
            text: "This is a message just to say hello.\nSo, \"Hello\"."),
        RealMail(
            "mikel/rfc2822/example12.eml",
            from: "John Doe <jdoe@machine.example>",
            subject: "Saying Hello",
            text: "This is a message just to say hello.\nSo, \"Hello\"."),
        RealMail(
            "mikel/sample_output_multipart",
            from: "",
            subject: "",
            text: ""),
    ]
}
