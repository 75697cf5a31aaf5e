import Mail
import Testing

@Suite("Addresses")
struct AddressTests {
    /// What a To field says, as people read it.
    private func to(_ value: String) -> [String] {
        read("To: \(value)\r\n\r\n").to.map(\.description)
    }

    @Test(
        "Lists of the standard and of real mail are read",
        arguments: [
            ("a@b.org", ["a@b.org"]),
            ("Ada <a@b.org>, Bo <c@d.org>", ["Ada <a@b.org>", "Bo <c@d.org>"]),
            ("\"Lovelace, Ada\" <a@b.org>", ["Lovelace, Ada <a@b.org>"]),
            ("a@b.org (Ada)", ["Ada <a@b.org>"]),
            ("Team: a@b.org, c@d.org;", ["a@b.org", "c@d.org"]),
            ("undisclosed-recipients:;", []),
            ("<@relay.org,@other.org:a@b.org>", ["a@b.org"]),
            ("<<<a@b.org>>>", ["a@b.org"]),
            ("Ada <a@b.org", ["Ada <a@b.org>"]),
            ("Ada <a@b.org, Bo <c@d.org>", ["Ada <a@b.org>", "Bo <c@d.org>"]),
            ("Ada a@b.org>", ["Ada <a@b.org>"]),
            ("\"Ada <a@b.org>", ["Ada <a@b.org>"]),
            ("(unclosed a@b.org", ["unclosed <a@b.org>"]),
            (", , a@b.org,,", ["a@b.org"]),
            ("a@b.org; c@d.org", ["a@b.org", "c@d.org"]),
            ("a@b.org c@d.org", ["a@b.org", "c@d.org"]),
            ("a . b @ c . org", ["a.b@c.org"]),
            ("\"a b\"@c.org", ["\"a b\"@c.org"]),
            ("'Ada' <a@b.org>", ["Ada <a@b.org>"]),
            ("\"a@b.org\"", ["a@b.org"]),
            ("mailto:a@b.org", ["a@b.org"]),
            ("a@[192.0.2.1]", ["a@[192.0.2.1]"]),
            ("a@[IPv6:2001:db8::1], b@c.org", ["a@[IPv6:2001:db8::1]", "b@c.org"]),
            ("=?utf-8?q?M=C3=BCller=2C_J=C3=B6rg?= <a@b.org>", ["Müller, Jörg <a@b.org>"]),
            ("=?utf-8?q?M=C3=BCller,_J=C3=B6rg?= <a@b.org>", ["Müller, Jörg <a@b.org>"]),
            ("\"=?utf-8?b?TcO8bGxlcg==?=\" <a@b.org>", ["Müller <a@b.org>"]),
            ("a@b.org.", ["a@b.org"]),
            ("MAILER-DAEMON", ["MAILER-DAEMON"]),
            ("Jörg <jörg@müller.example>", ["Jörg <jörg@müller.example>"]),
            ("a+tag@b.org", ["a+tag@b.org"]),
        ])
    func lists(value: String, expected: [String]) {
        #expect(to(value) == expected)
    }

    @Test("Encoded words are never decoded within an address")
    func noWordsInAddresses() {
        #expect(to("<=?utf-8?q?a=40evil.org?=@b.org>") == ["=?utf-8?q?a=40evil.org?=@b.org"])
    }

    @Test("Groups keep their names")
    func groups() throws {
        let message = read("To: Team: a@b.org;, c@d.org\r\n\r\n")
        #expect(message.to.map(\.group) == ["Team", nil])
    }

    @Test(
        "A single address is accepted only if mail can be sent to it",
        arguments: [
            "", "ada", "@b.org", "a@", "a@b.org, c@d.org", "a@b org", "<a@b.org", "a@b@c.org",
            "a@b.org\r\nBcc: x@y.org",
        ])
    func refused(text: String) {
        #expect(Address(text) == nil)
    }

    @Test("A single address is taken apart and put together again")
    func accepted() throws {
        let address = try #require(Address("Ada Lovelace <Ada.L@Example.org>"))
        #expect(address.name == "Ada Lovelace")
        #expect(address.local == "Ada.L")
        #expect(address.domain == "Example.org")
        #expect(address.key == "ada.l@example.org")
        #expect(Address(local: "a\"b c", domain: "d.org").specification == "\"a\\\"b c\"@d.org")
    }
}
