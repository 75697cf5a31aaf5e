import Testing

@testable import Runtime

@Suite("Fault points")
struct FaultPointTests {
    #if DEBUG
        @Test("A point is due at the passing that was asked for and at no other")
        func due() throws {
            let first = try #require(FaultPoint.Armed("after commit"))
            #expect(!first.isDue("before commit"))
            #expect(first.isDue("after commit"))
            #expect(!first.isDue("after commit"))
            let third = try #require(FaultPoint.Armed("after commit:3"))
            #expect((0..<4).map { _ in third.isDue("after commit") } == [false, false, true, false])
        }

        @Test("What is not a point is refused", arguments: ["", ":1", "a:0", "a:-1", "a:x", "a:1:2", "a:"])
        func refused(text: String) {
            #expect(FaultPoint.Armed(text) == nil)
        }
    #endif

    private enum Points: String, FaultPoints {
        case one = "test.one"
    }

    @Test("Passing a point that nobody armed does nothing")
    func unarmed() {
        Points.one.pass()
        Points.one.pass(of: "a kind")
    }
}
