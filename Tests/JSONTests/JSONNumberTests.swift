import JSON
import Testing

@Suite("JSON numbers")
struct JSONNumberTests {
    @Test(
        "A whole number is one however it is spelled, as long as it fits",
        arguments: [
            ("0", 0), ("-0", 0), ("0.000e5", 0), ("3.0", 3), ("3e2", 300), ("1200e-2", 12), ("-1.5", nil),
            ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min), ("9223372036854775808", nil),
            ("1e19", nil), ("1e99999999999999999999", nil), ("0e99999999999999999999", nil),
        ] as [(String, Int64?)])
    func integers(text: String, value: Int64?) throws {
        #expect(try JSON.parse(text).integer == value)
    }

    @Test("Sums of money come out exact")
    func scaled() throws {
        let number = try #require(try JSON.parse("12.50").number)
        #expect(number.scaled(by: 2) == 1250)
        #expect(number.scaled(by: 1) == 125)
        #expect(number.scaled(by: 0) == nil)
        #expect(number.double == 12.5)
    }

    @Test(
        "Numbers are equal by value, and hash alike",
        arguments: [("1", "1.0"), ("10e-1", "1"), ("0", "-0.0"), ("1e400", "10e399")])
    func equality(one: String, other: String) throws {
        let (one, other) = (try JSON.parse(one), try JSON.parse(other))
        #expect(one == other)
        #expect(Set([one, other]).count == 1)
    }

    @Test("Digits beyond a Double make a difference")
    func exact() throws {
        #expect(try JSON.parse("0.1000000000000000000001") != JSON.parse("0.1"))
        #expect(try JSON.parse("12345678901234567890.123").text == "12345678901234567890.123")
    }
}
