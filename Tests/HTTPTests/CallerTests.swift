import Testing

@testable import HTTP

@Suite("A connection as the others of its server see it")
struct CallerTests {
    @Test("What is waited for and since when stand in one number", arguments: Caller.Wait.allCases)
    func state(_ wait: Caller.Wait) {
        for nanoseconds: UInt64 in [0, 999_999, 1_000_000, 8_765_432_109_876] {
            let state = Caller.state(wait, since: nanoseconds)
            #expect(Caller.Wait(rawValue: state & 7) == wait)
            #expect(state >> 3 == (wait == .nothing ? 0 : nanoseconds / 1_000_000))
        }
    }
}
