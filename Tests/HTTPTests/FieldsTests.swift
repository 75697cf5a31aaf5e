import HTTP
import Testing

@Suite("Header fields")
struct FieldsTests {
    @Test("Fields keep their order and duplicates and are found whatever their case")
    func lookup() {
        var fields: Fields = ["Accept": "a", "X-One": "1"]
        fields.append("accept", "b")
        #expect(fields[.accept] == "a, b")
        #expect(fields.all("ACCEPT") == ["a", "b"])
        #expect(fields["x-one"] == "1")
        #expect(fields["x-two"] == nil)
        #expect(fields.map(\.name.text) == ["Accept", "X-One", "accept"])
        #expect(fields.count == 3)
    }

    @Test("Setting a field replaces all its lines, setting nil removes them")
    func setting() {
        var fields: Fields = ["A": "1", "B": "2", "a": "3"]
        fields["A"] = "4"
        #expect(fields.map(\.value) == ["2", "4"])
        fields["b"] = nil
        #expect(fields == ["A": "4"])
    }

    @Test("No value can begin a line of its own")
    func injection() {
        var fields = Fields()
        fields.append("Location", "/x\r\nSet-Cookie: a=b\u{0}")
        #expect(fields["Location"] == "/x  Set-Cookie: a=b ")
    }

    @Test("A token is found in a list whatever its case, and only as a whole")
    func lists() {
        let fields: Fields = ["Connection": "Keep-Alive, X-Close", "connection": " close "]
        #expect(fields.lists("keep-alive", in: .connection))
        #expect(fields.lists("close", in: .connection))
        #expect(!fields.lists("alive", in: .connection))
    }

    @Test("A name must be a token")
    func names() {
        let unusual = "X-Custom|Pipe"
        #expect(FieldName(unusual)?.text == unusual)
        for name in ["", "a b", "a:", "å", "a\r"] { #expect(FieldName(name) == nil) }
        #expect("etag" == FieldName.entityTag)
        #expect(Set<FieldName>(["etag", "ETAG", "ETag"]).count == 1)
    }
}
