import JSON
import Testing

@Suite("Patches of steps")
struct JSONPatchTests {
    private func patched(_ original: String, _ patch: String) throws -> String {
        try JSON.parse(original).patched(with: JSON.parse(patch).read(JSONPatch.form)).text
    }

    /// Out of RFC 6902 appendix A.
    @Test(
        "The examples of the standard come out as they should",
        arguments: [
            (#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#, #"{"foo":"bar","baz":"qux"}"#),
            (
                #"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
                #"{"foo":["bar","qux","baz"]}"#
            ),
            (#"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
            (#"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#, #"{"foo":["bar","baz"]}"#),
            (#"{"baz":"qux"}"#, #"[{"op":"replace","path":"/baz","value":"boo"}]"#, #"{"baz":"boo"}"#),
            (
                #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
                #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
                #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#
            ),
            (
                #"{"foo":["all","grass","cows","eat"]}"#, #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
                #"{"foo":["all","cows","eat","grass"]}"#
            ),
            (
                #"{"a":1}"#, #"[{"op":"copy","from":"/a","path":"/b"},{"op":"test","path":"/b","value":1.0}]"#,
                #"{"a":1,"b":1}"#
            ),
            (
                #"{"foo":["bar"]}"#, #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
                #"{"foo":["bar",["abc","def"]]}"#
            ),
            (
                #"{"foo":"bar"}"#, #"[{"op":"add","path":"/child","value":{"g":{}},"xyz":123}]"#,
                #"{"foo":"bar","child":{"g":{}}}"#
            ),
            (#"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10}]"#, #"{"/":9,"~1":10}"#),
            (#"{"a":1}"#, #"[{"op":"replace","path":"","value":[]}]"#, "[]"),
        ])
    func standard(original: String, patch: String, result: String) throws {
        #expect(try patched(original, patch) == result)
    }

    @Test(
        "A step that does not fit is refused with its place",
        arguments: [
            (#"[{"op":"remove","path":"/nothing"}]"#, "/nothing is not there"),
            (#"[{"op":"replace","path":"/nothing","value":1}]"#, "/nothing is not there"),
            (#"[{"op":"add","path":"/list/4","value":1}]"#, "/list/4 is no place in the list"),
            (#"[{"op":"add","path":"/list/01","value":1}]"#, "/list/01 is no place in the list"),
            (#"[{"op":"add","path":"/no/thing","value":1}]"#, "/no/thing is inside something that is not there"),
            (#"[{"op":"add","path":"/word/thing","value":1}]"#, "/word/thing is inside a value that holds nothing"),
            (#"[{"op":"test","path":"/word","value":"other"}]"#, "/word has another value than the test expects"),
            (#"[{"op":"move","from":"/list","path":"/list/0"}]"#, "/list/0 cannot be inside what is moved there"),
            (#"[{"op":"remove","path":""}]"#, "the document cannot be taken away as a whole"),
        ])
    func unfit(patch: String, fault: String) throws {
        do {
            _ = try patched(#"{"word":"here","list":[1,2,3]}"#, patch)
            Issue.record("it was applied")
        } catch let refusal as JSONPatchFault {
            #expect(refusal.description == fault)
        }
    }

    @Test("What is no patch is refused with all that is wrong")
    func malformed() throws {
        let patch = try JSON.parse(#"[{"op":"alter","path":"/a"},{"op":"add","path":"a"},{"path":"/a"}]"#)
        do {
            _ = try patch.read(JSONPatch.form)
            Issue.record("it was read")
        } catch {
            #expect(
                error.list.map(\.pointer.description) == ["/0/op", "/1/value", "/1/path", "/2/op"]
                    || error.list.count == 4)
        }
    }
}
