extension RealMail {
    /// Fields and encodings that follow no standard.
    static let broken: [RealMail] = [
        RealMail(
            "mikel/error_emails/bad_date_header.eml",
            from: "Grants-Notification <infoz@reactive-outpost.com>",
            subject: "You may_be Eligible for Legitimate_Cash from_GovAgencies!",
            text: ""),
        RealMail(
            "mikel/error_emails/bad_date_header2.eml",
            from: "Free-Quilting.com <enews@Free-Quilting.com>",
            subject: "40% OFF holiday patterns and fabric!",
            text: ""),
        RealMail(
            "mikel/error_emails/bad_encoded_subject.eml",
            from: "",
            subject: "TEST",
            text: "TEST"),
        RealMail(
            "mikel/error_emails/bad_subject.eml",
            from: "MySurvey.com & Carol Adams <carol@mysurvey.com>",
            subject: "MySurvey.com:  You have a survey waiting!  91123105",
            text: "You have a survey waiting!"),
        RealMail(
            "mikel/error_emails/cant_parse_from.eml",
            from: "Apple <News@InsideApple.Apple.com>",
            subject: "Meet the new MacBook Pro family. Now includes 13-inch.",
            text: "From one solid piece of aluminum comes a MacBook Pro that's thin and l"),
        RealMail(
            "mikel/error_emails/content_transfer_encoding_7-bit.eml",
            from: "Discover Card <discovercard_newsflash@discover.qrs1.net>",
            subject: "Discover(R) Card News Online - January 2002",
            text: "DISCOVERÃ† CARD <http://discover.qrs1.net/s/r?l=5893&m=101BN3c3ce68600"),
        RealMail(
            "mikel/error_emails/content_transfer_encoding_plain.eml",
            from: "shavonda Cabral <baocqccyw@hq.lindsayelec.com>",
            subject: "bookkeeping Get in on IGTS asap.",
            text: "acidness"),
        RealMail(
            "mikel/error_emails/content_transfer_encoding_qp_with_space.eml",
            from: "Wilmer Capps <fyouizjnp@swissonline.ch>",
            subject: "Low or High Blood Pressure? We can help.",
            text: "If you're in need of a good RX site for online purchases, we are your"),
        RealMail(
            "mikel/error_emails/content_transfer_encoding_text-html.eml",
            from: "chianfong cuthbert <abhijit.862153drinnan@datavalet.com>",
            subject: "Re: We will help you refinance your home.",
            text: "Hello,"),
        RealMail(
            "mikel/error_emails/content_transfer_encoding_with_semi_colon.eml",
            from: "Shelby <nsukijamq@morozstudio.tk>",
            subject: "Attention",
            text: "Dear Homeowner,"),
        RealMail(
            "mikel/error_emails/content_transfer_encoding_x_uuencode.eml",
            from: "Lon L. Peters <lpeters@PACIFIER.COM>",
            subject: "PGP Comments on RTO West Release of Dec. 14",
            text: "Attached are the comments of the Public Generating Pool.",
            files: ["PGP_Cmts_on_12-14-01_Pkg.doc | application/msword | 0"]),
        RealMail(
            "mikel/error_emails/empty_in_reply_to.eml",
            from: "Andrey Kuznetsov <ak@g.com>",
            subject: "illegal copy of our patient education software",
            text: ""),
        RealMail(
            "mikel/error_emails/encoding_madness.eml",
            from: "no-reply@crm.el-example.org",
            subject: "eBay Bid - 2008 Ford Super Duty F-350 DRW King Ranch Crew Cab 4x4 (156) - Stock# XXXX",
            text: "Body Text"),
        RealMail(
            "mikel/error_emails/header_fields_with_empty_values.eml",
            from: "Jørn Støylen <jorn@prikkprikkprikk.no>",
            subject: "Testmail",
            text: "--"),
        RealMail(
            "mikel/error_emails/invalid_subject_characters.eml",
            from: "Formação Frenetikpolis <info@formacaofrenetik.info>",
            subject: "Formação FrenetikPolis: Mega Campanha Final Verão | Cursos de Setembro",
            text: "TEST"),
        RealMail(
            "mikel/error_emails/missing_body.eml",
            from: "SCS_2 <redacted@attglobal.net>",
            subject: "REDACTED",
            text: ""),
        RealMail(
            "mikel/error_emails/missing_content_disposition.eml",
            from: "redacted@example.com",
            subject: "Redacted",
            text: "",
            files: ["somefile.jpg | image/jpg | 1311"]),
        RealMail(
            "mikel/error_emails/multiple_content_types.eml",
            from: "redacted@flashmail.net",
            subject: "Redacted",
            text: "foo"),
        RealMail(
            "mikel/error_emails/multiple_references_with_one_invalid.eml",
            from: "redacted@flashmail.net",
            subject: "Redacted",
            text: "foo"),
        RealMail(
            "mikel/error_emails/new_line_in_to_header.eml",
            from: "l@gcn-example.com",
            subject: "[Online Lead] Online Lead #1111111",
            text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
        RealMail(
            "mikel/error_emails/trademark_character_in_subject.eml",
            from: "j@yahoo-example.com",
            subject: "GA.comô has a lead for you",
            text: "Body Text - not important"),
        RealMail(
            "mikel/error_emails/weird_to_header.eml",
            from: "anonymous@i.tp.host",
            subject: "",
            text: "CONTACT:"),
    ]
}
