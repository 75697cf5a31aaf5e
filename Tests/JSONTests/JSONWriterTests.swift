import JSON
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    @Test("Values are written as they stand, commas only between")
    func writing() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("number", "OSL-1")
            writer.member("outcome", String?.none)
            writer.member("legs") { writer in
                writer.array { writer in
                    writer.element(1)
                    writer.object { _ in }
                    writer.array { _ in }
                    writer.element([true, false])
                }
            }
            writer.member("due") { writer in
                writer.object { $0.member("late", 1.5) }
            }
        }
        #expect(writer.text == #"{"number":"OSL-1","outcome":null,"legs":[1,{},[],[true,false]],"due":{"late":1.5}}"#)
    }

    @Test("An object of values of many kinds keeps their order")
    func heterogeneous() {
        let site: String? = nil
        let json = JSON.object([
            "number": "OSL-1", "count": 3, "site": site, "tags": ["a"], "raw": ["x": .null] as JSON,
        ])
        #expect(json.text == #"{"number":"OSL-1","count":3,"site":null,"tags":["a"],"raw":{"x":null}}"#)
    }

    @Test("What must be escaped is, and nothing else")
    func escaping() {
        #expect(
            JSON.string("å\"\\/\u{8}\u{c}\n\r\t\u{1}\u{1f}\u{7f}😀").text == #""å\"\\/\b\f\n\r\t\u0001\u001f"#
                + "\u{7f}😀\"")
        #expect(JSON.string("a\u{2028}b\u{2029}\u{202a}\u{20ac}").text == #""a\u2028b\u2029"# + "\u{202a}\u{20ac}\"")
        let markup = JSON.string("</script>&").bytes(style: .init(isSafeInHTML: true))
        #expect(String(decoding: markup, as: UTF8.self) == #""\u003c/script\u003e\u0026""#)
    }

    @Test("Every character survives writing and reading")
    func roundTrip() throws {
        var text = ""
        for number in UInt32(0)...0x2FFF {
            if let scalar = Unicode.Scalar(number) { text.unicodeScalars.append(scalar) }
        }
        let read = try JSON.parse(JSON.string(text).bytes())
        #expect(read.string?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
        let safe = try JSON.parse(JSON.string(text).bytes(style: .init(isSafeInHTML: true)))
        #expect(safe.string?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    }

    @Test("Numbers that JSON cannot say become null, others keep every digit")
    func doubles() {
        let values = [0.1, 1e300, -0.0, .infinity, .nan, 100]
        #expect(values.json.text == "[0.1,1e+300,-0.0,null,null,100.0]")
        #expect(Int64.min.json.text == "-9223372036854775808")
    }

    @Test("Sorted, the same value always gives the same bytes")
    func sorted() throws {
        let one = try JSON.parse(#"{"b":{"z":1,"y":2},"a":3}"#)
        let other = try JSON.parse(#"{"a":3,"b":{"y":2,"z":1}}"#)
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        let style = JSONWriter.Style(isSorted: true)
        #expect(one.bytes(style: style) == other.bytes(style: style))
        #expect(String(decoding: one.bytes(style: style), as: UTF8.self) == #"{"a":3,"b":{"y":2,"z":1}}"#)
    }

    @Test("For people, short lists stay on a line")
    func layout() throws {
        let json = try JSON.parse(
            #"{"weekly":{"mon":[["08:00","12:00"],["13:00","16:00"]],"sat":[]},"sites":[{"code":"OSL"},{}],"none":{}}"#)
        let expected = """
            {
              "weekly": {
                "mon": [["08:00", "12:00"], ["13:00", "16:00"]],
                "sat": []
              },
              "sites": [
                {
                  "code": "OSL"
                },
                {}
              ],
              "none": {}
            }

            """
        #expect(json.laidOut() == expected)
        #expect(try JSON.parse(json.laidOut(sorted: true)) == json)
        let long = JSON.array((0..<60).map { JSON.string("name\($0)") })
        #expect(long.laidOut().split(separator: "\n").count == 62)
    }
}
