import HTTP
import Testing

@Suite("Targets, queries and addresses")
struct TargetTests {
    @Test(
        "A path is taken apart and decoded once",
        arguments: [
            ("/", [""]), ("/a/b", ["a", "b"]), ("/a%2Fb/c", ["a/b", "c"]), ("/%C3%A5%20", ["å "]), ("/a/", ["a", ""]),
            ("//x", ["", "x"]), ("/%2541", ["%41"]), ("/a?b/c", ["a"]), ("/...", ["..."]), ("/%7e;v=1", ["~;v=1"]),
        ])
    func segments(text: String, segments: [String]) {
        #expect(Target(text)?.segments == segments)
    }

    @Test(
        "What no server should take is no target",
        arguments: ["", "a", "/..", "/%2e", "/%00", "/%0a", "/%7F", "/a b", "/%", "/#", "*"])
    func refused(text: String) {
        #expect(Target(text) == nil)
    }

    @Test("A query is read as browsers write it")
    func query() {
        let query = Query("q=a+b%20c&site=OSL&site=%41MS&empty=&bare&%zz=100%&=x")
        #expect(query["q"] == "a b c")
        #expect(query.all("site") == ["OSL", "AMS"])
        #expect(query["empty"] == "")
        #expect(query["bare"] == "")
        #expect(query["%zz"] == "100%")
        #expect(query["none"] == nil)
        #expect(Query("a=%ff")["a"] == "\u{FFFD}")
    }

    @Test("A query written out reads back the same")
    func roundTrip() {
        let query: Query = ["a b": "c&d=e", "å": "+%", "": ""]
        #expect(Query(query.encoded) == query)
        #expect(PercentCoding.encode("a/b å~") == "a%2Fb%20%C3%A5~")
    }

    @Test(
        "A host may be a name or an address, with a port",
        arguments: [
            ("Desk.Example", "desk.example", nil), ("a:80", "a", 80), ("a:", "a", nil), ("127.0.0.1:1", "127.0.0.1", 1),
            ("[2001:DB8::1]:443", "2001:db8::1", 443), ("[::1]", "::1", nil), ("0.0.0.0=5000", "0.0.0.0=5000", nil),
            ("R%C3%A9seau.example:80", "r%c3%a9seau.example", 80),
        ] as [(String, String, UInt16?)])
    func authority(text: String, host: String, port: UInt16?) {
        let authority = Authority(text)
        #expect(authority?.host == host)
        #expect(authority?.port == port)
    }

    @Test(
        "What is no host is refused",
        arguments: [
            "", ":80", "a b", "a/b", "u@a", "a:b", "a:70000", "[::1", "[::1]x", "[x]", "::1", "a%zz", "å", "a%40b",
            "a%3a80", "a%20", "a%25", "a%C3",
        ])
    func noAuthority(text: String) {
        #expect(Authority(text) == nil)
    }

    @Test("A web address has a scheme, a host and a target")
    func address() {
        let address = WebAddress("HTTPS://Desk.example:8443/hook%20s?a=b#frag")
        #expect(address?.description == "https://desk.example:8443/hook%20s?a=b")
        #expect(address?.port == 8_443)
        #expect(WebAddress("http://a")?.target == "/")
        #expect(WebAddress("http://a")?.port == 80)
        #expect(WebAddress("http://a?x")?.target == "/?x")
    }

    @Test(
        "What is no web address is refused",
        arguments: [
            "", "a", "/x", "ftp://a/", "http:/a", "https://", "http://u:p@a/", "http://a/ b", "file:///etc/passwd",
        ])
    func noAddress(text: String) {
        #expect(WebAddress(text) == nil)
    }
}
