import Mail
import Moments
import Testing

@Suite("Dates of messages")
struct MailDateTests {
    @Test(
        "Dates of the standard, of its past and of real mail are read",
        arguments: [
            ("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06Z"),
            ("21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06Z"),
            ("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06Z"),
            ("Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)", "1969-02-14T03:02:00Z"),
            ("Mon, 1 Jan 2001 00:01 +0000", "2001-01-01T00:01:00Z"),
            ("Tue, 5 May 2020 10:00:00 EST", "2020-05-05T15:00:00Z"),
            ("Tue, 5 May 2020 10:00:00 PDT", "2020-05-05T17:00:00Z"),
            ("Tue, 5 May 2020 10:00:00 +0200 (CEST)", "2020-05-05T08:00:00Z"),
            ("Tue, 5 May 2020 10:00:00 GMT+1", "2020-05-05T09:00:00Z"),
            ("Tue, 5 May 2020 10:00:00 +02:00", "2020-05-05T08:00:00Z"),
            ("Tue, 5 May 2020 10:00:00 X", "2020-05-05T10:00:00Z"),
            ("Tue, 5 May 2020 10:00:00", "2020-05-05T10:00:00Z"),
            ("5-May-2020 10:00:00 +0000", "2020-05-05T10:00:00Z"),
            ("2020-05-05T10:00:00Z", "2020-05-05T10:00:00Z"),
            ("2020-05-05 10:00:00 -0100", "2020-05-05T11:00:00Z"),
            ("Tue May  5 10:00:00 2020", "2020-05-05T10:00:00Z"),
            ("May 5, 2020 3:04:05 PM +0000", "2020-05-05T15:04:05Z"),
            ("Tue, 5 May 120 10:00:00 +0000", "2020-05-05T10:00:00Z"),
            ("Sat, 29 Feb 2020 23:59:60 +0000", "2020-02-29T23:59:59Z"),
            ("Tue, 5 May 2020 10:00:00 +9900", "2020-05-05T10:00:00Z"),
        ])
    func readable(value: String, expected: String) {
        #expect(read("Date: \(value)\r\n\r\n").date?.rfc3339 == expected)
    }

    @Test(
        "What is no date is none",
        arguments: [
            "", "yesterday", "Wed, 15 Dec 2010    59:10 -0500", "31 Feb 2020 10:00:00 +0000", "5 May 10:00:00",
            "5 May 2020",
            "99999999999999999999 May 2020 10:00", "5 May 2020 25:00:00 +0000", "29 Feb 2021 10:00:00 +0000",
        ])
    func unreadable(value: String) {
        #expect(read("Date: \(value)\r\n\r\n").date == nil)
    }
}
