import Mail
import Testing

@Suite("The address of a smarthost")
struct SmarthostTests {
    @Test(
        "Every form is read",
        arguments: [
            ("smtp://mx.example.org", "smtp://mx.example.org:25"),
            ("smtp://127.0.0.1:1025/", "smtp://127.0.0.1:1025"),
            ("SMTPS://mx.example.org", "smtps://mx.example.org:465"),
            ("smtp+starttls://user:p%40ss@mx.example.org", "smtp+starttls://mx.example.org:587"),
            ("smtp://[::1]:2525", "smtp://[::1]:2525"),
            ("lmtp://localhost:2424", "lmtp://localhost:2424"),
        ])
    func forms(text: String, shown: String) throws {
        #expect(try Smarthost(text).description == shown)
    }

    @Test(
        "What is no smarthost is refused, and the password is not told",
        arguments: [
            "", "mx.example.org", "http://mx.example.org", "smtp://", "smtp://:25", "smtp://mx:0", "smtp://mx:99999",
            "smtp://mx:x",
            "smtp://user@mx", "smtp://user:secret%zz@mx", "smtp://:secret@mx", "smtp://user:secret@m x",
            "smtp://user:secret@[::1",
        ])
    func refused(text: String) {
        let fault = #expect(throws: Smarthost.Fault.self) { try Smarthost(text) }
        #expect(fault?.description.contains("secret") == false)
    }
}
