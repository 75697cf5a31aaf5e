import JSON
import SeedTestSupport
import Testing

@Suite("Reading JSON")
struct JSONParserTests {
    @Test("Every kind of value is read, members in their order")
    func kinds() throws {
        let text = #" {"b": [1, -2.50, 3e2, true, false, null], "a": "x\u00e5\n\ud83d\ude00\/", "": {}} "#
        let json = try JSON.parse(text)
        #expect(json.object?.names == ["b", "a", ""])
        #expect(json["b"]?.array?.count == 6)
        #expect(json["b"]?[1]?.number?.text == "-2.50")
        #expect(json["b"]?[2]?.integer == 300)
        #expect(json["a"]?.string == "xå\n😀/")
        #expect(json[""]?.object?.isEmpty == true)
    }

    @Test(
        "What is not JSON is refused at its place",
        arguments: [
            ("", 0, "the end of the text stands where a value should begin"),
            ("[1,]", 3, "\"]\" stands where a value should begin"),
            ("[1 2]", 3, "\"2\" stands where \",\" or \"]\" should"),
            ("{\"a\" 1}", 5, "\"1\" stands where \":\" should"),
            ("{\"a\":1,}", 7, "\"}\" stands where a name in quotes should"),
            ("{a:1}", 1, "\"a\" stands where a name in quotes should"),
            ("01", 0, "a number must not begin with 0 before other digits"),
            ("-", 1, "the end of the text stands where a digit should"),
            ("1.", 2, "the end of the text stands where a digit should"),
            ("+1", 0, "\"+\" stands where a value should begin"),
            ("NaN", 0, "\"N\" stands where a value should begin"),
            ("nul", 0, "\"n\" stands where a value should begin; a text needs quotes"),
            ("true false", 5, "\"f\" follows the end of the value"),
            ("\"a\nb\"", 2, "control character 10 inside a text must be written as an escape such as \\n"),
            ("[\"abc", 1, "the text that begins here has no closing quote"),
            ("\"\\x\"", 1, "\\ and \"x\" is no escape"),
            ("\"\\u12g4\"", 1, "\\u must be followed by four hexadecimal digits"),
            ("\"\\ud800\"", 1, "half of a surrogate pair stands alone"),
            ("\"\\udc00\\ud800\"", 1, "half of a surrogate pair stands alone"),
            ("\"\\ud800\\u0041\"", 1, "half of a surrogate pair stands alone"),
            ("{\"a\":1,\"b\":2,\"a\":3}", 13, "the name \"a\" stands twice in this object"),
            ("[\u{a0}1]", 1, "\"\u{a0}\" stands where a value should begin"),
            ("\u{feff}1", 0, "the text begins with a byte order mark; save it as UTF-8 without one"),
        ])
    func refuses(text: String, position: Int, detail: String) {
        let fault = #expect(throws: JSONSyntaxFault.self) { try JSON.parse(text) }
        #expect(fault?.detail == detail)
        #expect(fault?.position == position)
    }

    @Test(
        "Bytes that are not UTF-8 are refused", arguments: [[0xC3, 0x28], [0xFF], [0xED, 0xA0, 0x80], [0xC0, 0x80]])
    func brokenUTF8(bytes: [UInt8]) {
        let fault = #expect(throws: JSONSyntaxFault.self) { try JSON.parse([0x22] + bytes + [0x22]) }
        #expect(fault?.detail == "the text is not UTF-8")
        #expect(fault?.position == 1)
    }

    @Test("A fault tells line and column as an editor counts them")
    func place() {
        let fault = #expect(throws: JSONSyntaxFault.self) { try JSON.parse("{\n  \"ål\": ?\n}") }
        #expect(fault?.description == "line 2, column 9: \"?\" stands where a value should begin")
    }

    @Test("Each limit holds, and what is just within passes")
    func limits() throws {
        let limits = JSONLimits(bytes: 20, depth: 3, values: 4, numberLength: 5)
        #expect(throws: Never.self) { try JSON.parse("[[[1]]]", limits: limits) }
        #expect(throws: JSONSyntaxFault.self) { try JSON.parse("[[[[]]]]", limits: limits) }
        #expect(throws: Never.self) { try JSON.parse("[1,2,3]", limits: limits) }
        #expect(throws: JSONSyntaxFault.self) { try JSON.parse("[1,2,3,4]", limits: limits) }
        #expect(throws: Never.self) { try JSON.parse("12345", limits: limits) }
        #expect(throws: JSONSyntaxFault.self) { try JSON.parse("123456", limits: limits) }
        #expect(throws: Never.self) { try JSON.parse("\"" + String(repeating: "x", count: 18) + "\"", limits: limits) }
        #expect(throws: JSONSyntaxFault.self) {
            try JSON.parse(String(repeating: " ", count: 20) + "1", limits: limits)
        }
    }

    @Test("A hundred thousand brackets are a fault and not a crash")
    func deep() {
        let fault = #expect(throws: JSONSyntaxFault.self) { try JSON.parse(String(repeating: "[", count: 100_000)) }
        #expect(fault?.detail == "more than 64 levels inside one another")
    }

    @Test("An object of many members finds them all, and still refuses a name twice")
    func manyMembers() throws {
        let members = (0..<5000).map { "\"name\($0)\":\($0)" }
        let json = try JSON.parse("{" + members.joined(separator: ",") + "}")
        #expect(json["name4321"]?.integer == 4321)
        #expect(throws: JSONSyntaxFault.self) {
            try JSON.parse("{" + members.joined(separator: ",") + ",\"name17\":0}")
        }
    }

    @Test("Cut anywhere, a document is refused and nothing worse")
    func cuts() throws {
        let text = Array(#"{"a":[1,-2.5e-3,"\ud83d\ude00 å",{"b":null}],"c":true}"#.utf8)
        _ = try JSON.parse(text)
        for cut in text.indices {
            #expect(throws: JSONSyntaxFault.self) { try JSON.parse(text[..<cut]) }
        }
    }

    @Test("A byte changed anywhere is refused or read, never a crash", arguments: [UInt64(1), 2, 3])
    func mutations(seed: UInt64) throws {
        var generator = Seed(seed)
        let text = Array(#"{"a":[1,-2.5e-3,"\ud83d\ude00 å",{"b":null}],"c":true}"#.utf8)
        for _ in 0..<5000 {
            var changed = text
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            guard let json = try? JSON.parse(changed) else { continue }
            #expect(try JSON.parse(json.text) == json, "seed \(seed)")
        }
    }
}
