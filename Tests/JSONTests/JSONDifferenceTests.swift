import JSON
import Testing

@Suite("Differences between documents")
struct JSONDifferenceTests {
    private func places(_ old: JSON, _ new: JSON) -> [String] {
        JSON.diff(old, new).map { "\($0.place) \($0.old?.text ?? "-") \($0.new?.text ?? "-")" }
    }

    @Test("The same meaning in another order and spelling is no difference")
    func same() throws {
        let old = try JSON.parse(#"{"a":1.0,"b":[{"code":"x"}]}"#)
        let new = try JSON.parse(#"{"b":[{"code":"x"}],"a":1}"#)
        #expect(JSON.diff(old, new).isEmpty)
    }

    @Test("Members added, changed and taken away are told one by one")
    func members() {
        #expect(
            places(["a": 1, "b": ["c": true], "gone": .null], ["a": 2, "b": ["c": true, "d/e": "x"]])
                == ["/gone null -", "/a 1 2", "/b/d~1e - \"x\""])
    }

    @Test("An element put in between is one difference where elements have keys")
    func keyed() throws {
        let old: JSON = ["sites": [["code": "OSL", "locale": "nb"], ["code": "WAW"]]]
        let new: JSON = ["sites": [["code": "AMS"], ["code": "OSL", "locale": "en"], ["code": "WAW"]]]
        #expect(places(old, new) == [#"/sites[AMS] - {"code":"AMS"}"#, #"/sites[OSL]/locale "nb" "en""#])
        #expect(JSON.diff(old, new).map(\.pointer.description) == ["/sites/0", "/sites/1/locale"])
        #expect(places(new, old).contains(#"/sites[AMS] {"code":"AMS"} -"#))
    }

    @Test("A new order of keyed elements is a difference of its own")
    func order() {
        let old: JSON = [["name": "a"], ["name": "b"]]
        #expect(places(old, [["name": "b"], ["name": "a"]]) == [#" ["a","b"] ["b","a"]"#])
    }

    @Test("Lists without keys are compared place by place")
    func plain() {
        #expect(places(["x": [1, 2, 3]], ["x": [1, 5]]) == ["/x[1] 2 5", "/x[2] 3 -"])
        #expect(places([["code": "a"], ["code": "a"]], [["code": "a"]]) == [#"[1] {"code":"a"} -"#])
    }
}
