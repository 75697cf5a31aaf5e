extension RealMail {
    /// Attachments, nested parts and boundaries of every kind.
    static let withFiles: [RealMail] = [
        RealMail(
            "mikel/attachment_emails/attachment_content_disposition.eml",
            from: "foo@example.com",
            subject: "testing",
            text: "This is the first part.",
            files: ["api.rb | text/x-ruby-script | 28"]),
        RealMail(
            "mikel/attachment_emails/attachment_content_location.eml",
            from: "foo@example.com",
            subject: "testing",
            text: "This is the first part.",
            files: ["Photo25.jpg | image/jpeg | 227"]),
        RealMail(
            "mikel/attachment_emails/attachment_message_rfc822.eml",
            from: "foo@example.com",
            subject: "testing",
            text: "This is the first part.",
            files: ["ForwardedMessage.eml | message/rfc822 | 3781"]),
        RealMail(
            "mikel/attachment_emails/attachment_message_rfc822_inline_image.eml",
            from: "test@example.com",
            subject: "test",
            text: "",
            files: ["img.png | image/png | 370", "Testmail.eml | message/rfc822 | 1851"]),
        RealMail(
            "mikel/attachment_emails/attachment_nonascii_filename.eml",
            from: "foo@example.com",
            subject: "testing",
            text: "This is the first part.",
            files: ["ciële.txt | text/plain | 11"]),
        RealMail(
            "mikel/attachment_emails/attachment_only_email.eml",
            from: "Ryan Finnie <rfinnie@domain.dom>",
            subject: "this message JUST contains an attachment",
            text: "",
            files: ["blah.gz | application/x-gzip | 288"]),
        RealMail(
            "mikel/attachment_emails/attachment_pdf.eml",
            from: "Test Tester <xxxx@xxxx.com>",
            subject: "Another PDF with 🎉 Unicode chars in it 🍿",
            text: "Just attaching another PDF, here, to see what the message looks like,",
            files: ["broken.pdf | application/pdf | 1026"]),
        RealMail(
            "mikel/attachment_emails/attachment_pdf_lf.eml",
            from: "Test Tester <xxxx@xxxx.com>",
            subject: "Another PDF with 🎉 Unicode chars in it 🍿",
            text: "Just attaching another PDF, here, to see what the message looks like,",
            files: ["broken.pdf | application/pdf | 1026"]),
        RealMail(
            "mikel/attachment_emails/attachment_pdf_non_ascii.eml",
            from: "Test Tester <xxxx@xxxx.com>",
            subject: "Another PDF with 🎉 Unicode chars in it 🍿",
            text: "Just attaching another PDF, here, to see what the message looks like,",
            files: ["broken.pdf | application/pdf | 1026"]),
        RealMail(
            "mikel/attachment_emails/attachment_pdf_non_ascii_lf.eml",
            from: "Test Tester <xxxx@xxxx.com>",
            subject: "Another PDF with 🎉 Unicode chars in it 🍿",
            text: "Just attaching another PDF, here, to see what the message looks like,",
            files: ["broken.pdf | application/pdf | 1026"]),
        RealMail(
            "mikel/attachment_emails/attachment_with_base64_encoded_name.eml",
            from: "xxxxxxxxx xxxxxxx <xxxxxxxxx.xxxxxxx@gmail.com>",
            subject: "Fwd: Signed email causes file attachments",
            text: "We should not include these files or vcards as attachments.",
            files: ["This is a test.pdf | application/pdf | 399"]),
        RealMail(
            "mikel/attachment_emails/attachment_with_encoded_name.eml",
            from: "xxxxxxxxx xxxxxxx <xxxxxxxxx.xxxxxxx@gmail.com>",
            subject: "Fwd: Signed email causes file attachments",
            text: "We should not include these files or vcards as attachments.",
            files: ["01 Quien Te Dij at. Pitbull.mp3 | application/octet-stream | 399"]),
        RealMail(
            "mikel/attachment_emails/attachment_with_quoted_filename.eml",
            from: "Jeffrey Hardy <jeff@37signals.com>",
            subject: "Eelanalüüsi päring",
            text: "",
            files: ["Eelanalüüsi päring.jpg | image/jpeg | 1952"]),
        RealMail(
            "mikel/attachment_emails/attachment_with_unquoted_name.eml",
            from: "foo@example.com",
            subject: "testing",
            text: "This is the first part.",
            files: ["This is a test.txt | text/plain | 11"]),
        RealMail(
            "mikel/mime_emails/email_with_similar_boundaries.eml",
            from: "Xxxxx <xxxxxx@xxxxxxxx.xxx>",
            subject: "Xxxxxx",
            text: "Test",
            files: ["LOGO.png | application/octetstream | 3"]),
        RealMail(
            "mikel/mime_emails/raw_email11.eml",
            from: "xxxxx@xxxxx <xxxxx@xxxxx>",
            subject: "worse when you use them.",
            text: "XXXXX Xxxxx"),
        RealMail(
            "mikel/mime_emails/raw_email12.eml",
            from: "foo@example.com",
            subject: "testing",
            text: "This is the first part.",
            files: ["Photo25.jpg | image/jpeg | 227"]),
        RealMail(
            "mikel/mime_emails/raw_email2.eml",
            from: "xxxxxxxxx xxxxxxx <xxxxxxxxx.xxxxxxx@gmail.com>",
            subject: "Fwd: Signed email causes file attachments",
            text: "We should not include these files or vcards as attachments.",
            files: ["smime.p7s | application/pkcs7-signature | 2361"]),
        RealMail(
            "mikel/mime_emails/raw_email4.eml",
            from: "xxx@xxxx.xxx",
            subject: "Filth",
            text: "Some text"),
        RealMail(
            "mikel/mime_emails/raw_email7.eml",
            from: "foo@example.com",
            subject: "testing",
            text: "This is the first part.",
            files: [
                "test.rb | text/x-ruby-script | 25", "test.pdf | application/pdf | 14",
                "smime.p7s | application/pkcs7-signature | 227",
            ]),
        RealMail(
            "mikel/mime_emails/raw_email_encoded_stack_level_too_deep.eml",
            from: "Gmail Team <gmail-noreply@google.com>",
            subject: "Nicolas Fouché has accepted your invitation to Gmail",
            text: "Nicolas Fouché has accepted your invitation to Gmail and has chosen th"),
        RealMail(
            "mikel/mime_emails/raw_email_with_binary_encoded.eml",
            from: "Mikel Lindsaar <email_test@me.nowhere>",
            subject: "Testing outlook Another PDF",
            text: "",
            files: ["2013-08-13_19-08-28-1.jpg | image/jpeg | 24"]),
        RealMail(
            "mikel/mime_emails/raw_email_with_illegal_boundary.eml",
            from: "Mikel Lindsaar <email_test@me.nowhere>",
            subject: "Testing outlook",
            text: "Hello"),
        RealMail(
            "mikel/mime_emails/raw_email_with_mimepart_without_content_type.eml",
            from: "Mail Delivery Subsystem <MAILER-DAEMON@antivirus.uqam.ca>",
            subject: "Warning: could not send message for past 1 day",
            text: "    **********************************************",
            files: ["delivery-status.txt | message/delivery-status | 322", "Est-ce toi.eml | message/rfc822 | 1548"]),
        RealMail(
            "mikel/mime_emails/raw_email_with_multipart_mixed_quoted_boundary.eml",
            from: "Mikel Lindsaar <email_test@me.nowhere>",
            subject: "Testing outlook Another PDF",
            text: "Just attaching another PDF, here, to see what the message looks like,",
            files: ["broken.pdf | application/pdf | 1026"]),
        RealMail(
            "mikel/mime_emails/raw_email_with_nested_attachment.eml",
            from: "Jamis Buck <jamis@37signals.com>",
            subject: "Testing attachments",
            text: "Here is a test of an attachment via email.",
            files: ["truncated.png | image/png | 1902", "smime.p7s | application/pkcs7-signature | 939"]),
        RealMail(
            "mikel/mime_emails/sig_only_email.eml",
            from: "Test <test@test.lindsaar.net>",
            subject: "Re: Testing multipart/signed",
            text: "This is random text, not what has been signed below, ie, this sig",
            files: ["signature.asc | application/pgp-signature | 197"]),
        RealMail(
            "mikel/mime_emails/two_from_in_message.eml",
            from: "Tester 1 <tester1@test.com>",
            subject: "Sending messages include last little bit",
            text: "When sending email:"),
    ]
}
