import HTML
import Testing

@Suite("Links")
struct LinkTests {
    @Test(
        "Addresses that lead somewhere are links",
        arguments: [
            "/", "/tickets/OSL-1?x=1#y", "?page=2", "#top", "https://a.example/x", "HTTP://a.example",
            "mailto:a@b.example",
        ])
    func allowed(text: String) {
        #expect(Link(text)?.text == text)
    }

    @Test(
        "Addresses that run something or lead elsewhere in disguise are none",
        arguments: [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "https://",
            "tickets", "",
            "/a b", "blob:x", "file:///etc/passwd", "/x\u{a0}y",
        ])
    func refused(text: String) {
        #expect(Link(text) == nil)
    }

    @Test(
        "Where to go next must be on this site",
        arguments: [
            ("/desk", true), ("/", true), ("https://evil.example", false), ("//evil.example", false),
            ("/\\evil", false),
            ("mailto:a@b", false), ("?x", false),
        ])
    func local(text: String, isLocal: Bool) {
        #expect((Link(local: text) != nil) == isLocal)
    }

    @Test("A value stays one piece of the address")
    func interpolation() {
        let link: Link = "/tickets/\("../a?b#c/å")/entries?at=\(7)"
        #expect(link.text == "/tickets/..%2Fa%3Fb%23c%2F%C3%A5/entries?at=7")
        let base: Link = "https://desk.example"
        #expect(("\(base)/t/\("x:y")" as Link).text == "https://desk.example/t/x%3Ay")
    }

    @Test("The query grows, before the fragment, without what is nil")
    func query() {
        let link: Link = "/desk?state=new#list"
        let more = link.adding(query: ["team": "a&b", "page": nil, "q": "x y"])
        #expect(more.text == "/desk?state=new&team=a%26b&q=x%20y#list")
        #expect(("/desk" as Link).adding(query: ["a": "1", "b": "2"]).text == "/desk?a=1&b=2")
    }

    @Test("A letter cannot bring its own subject along")
    func mailto() {
        #expect(Link(mailto: "a+b@c.example?subject=x").text == "mailto:a+b@c.example%3Fsubject%3Dx")
    }
}
