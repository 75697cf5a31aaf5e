import Mail
import Testing

@Suite("Encoded words")
struct EncodedWordsTests {
    @Test(
        "Words are decoded as RFC 2047 has them and as senders make them",
        arguments: [
            ("=?ISO-8859-1?Q?a?=", "a"),
            ("=?ISO-8859-1?Q?a?= b", "a b"),
            ("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"),
            ("=?ISO-8859-1?Q?a?=\r\n  =?ISO-8859-1?Q?b?=", "ab"),
            ("=?ISO-8859-1?Q?a_b?=", "a b"),
            ("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b"),
            ("=?utf-8*en?q?caf=C3=A9?=", "café"),
            ("=?utf-8?q?caf=c3=a9?=", "café"),
            ("=?utf-8?b?Y2Fmw6k?=", "café"),
            ("=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café"),
            ("=?UTF-8?B?8J+N?= =?utf-8?b?vw==?=", "🍿"),
            ("Re:=?utf-8?q?=C3=A9?=tail", "Re:étail"),
            ("=?utf-8?q?two words?=", "two words"),
            ("=?utf-8?q?what=3F?=", "what?"),
            ("=?utf-8?q?what??=", "what?"),
            ("=?utf-8?q?open", "=?utf-8?q?open"),
            ("=?utf-8?x?open?=", "=?utf-8?x?open?="),
            ("=?utf-8?q?a=0D=0ABcc:_x?=", "a  Bcc: x"),
            ("=?nonsense?q?caf=C3=A9?=", "café"),
            ("=?iso-2022-jp?B?GyRCJF4kXyRgJGEkYhsoQg==?=", "まみむめも"),
            ("=?windows-1251?B?z/Do4uXy?=", "Привет"),
            ("café", "café"),
        ])
    func decoding(value: String, expected: String) {
        #expect(read("Subject: \(value)\r\n\r\n").subject == expected)
    }
}
