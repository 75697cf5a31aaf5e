import Testing

@testable import Catalogue

@Suite("Messages")
struct MessageTests {
    @Test("Text and values are told apart")
    func pieces() {
        #expect(Message.pieces("a {b} c{d}") == [.text("a "), .value("b"), .text(" c"), .value("d")])
        #expect(Message.pieces("{b}") == [.value("b")])
        #expect(Message.pieces("") == [])
    }

    @Test(
        "Braces without partner or name are refused",
        arguments: ["{", "}", "a {b", "{}", "{a b}", "{a{b}}", "a } b", "{å}"])
    func refused(text: String) {
        #expect(Message.pieces(text) == nil)
    }
}
