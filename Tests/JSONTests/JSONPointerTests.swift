import JSON
import Testing

@Suite("JSON Pointer")
struct JSONPointerTests {
    /// The document and the answers of RFC 6901 section 5.
    @Test(
        "The examples of the standard point where they should",
        arguments: [
            ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
            ("/e^f", "3"),
            ("/g|h", "4"), (#"/i\j"#, "5"), (#"/k"l"#, "6"), ("/ ", "7"), ("/m~0n", "8"),
        ])
    func standard(text: String, value: String) throws {
        let document = try JSON.parse(
            #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#)
        let pointer = try #require(JSONPointer(parsing: text))
        #expect(document[pointer]?.text == value)
        #expect(pointer.description == text)
    }

    @Test("The empty pointer is the whole document")
    func whole() throws {
        #expect(JSON.array([1])[JSONPointer()] == [1])
        #expect(JSONPointer(parsing: "") == JSONPointer())
        #expect(JSONPointer().fragment == "#")
    }

    @Test("What is no pointer, or points at nothing, is nil", arguments: ["foo", "/~", "/~2"])
    func malformed(text: String) {
        #expect(JSONPointer(parsing: text) == nil)
    }

    @Test("An index has no sign and no leading zeros", arguments: ["/01", "/-1", "/+1", "/2", "/-"])
    func indexes(text: String) throws {
        #expect(JSON.array(["a", "b"])[try #require(JSONPointer(parsing: text))] == nil)
    }

    @Test("As a fragment it is safe inside a URI")
    func fragment() {
        #expect(JSONPointer(["a/b", "å \"#", "m~n"]).fragment == "#/a~1b/%C3%A5%20%22%23/m~0n")
    }
}
