import Testing

@testable import DeskWeb

@Suite("E-mail addresses in forms")
struct EmailAddressTests {
    @Test(
        "What can be an address is taken",
        arguments: ["a@b.no", "per.olav+x@mail.firma.example", "zo\u{EB}@b\u{FC}ro.nl"])
    func taken(_ text: String) { #expect(EmailAddress.isPlausible(text)) }

    @Test(
        "What cannot be one is refused",
        arguments: [
            "", "a", "a@b", "@b.no", "a@.no", "a@b..no", "a@@b.no", "a b@c.no", "<a@b.no>", "a@b.no,c@d.no", "a@b.no\n",
            String(repeating: "a", count: 65) + "@b.no",
        ])
    func refused(_ text: String) { #expect(!EmailAddress.isPlausible(text)) }
}
