import Moments
import Testing

@Suite("A moment")
struct MomentTests {
    @Test("Seconds are rounded towards the past on both sides of 1970")
    func seconds() {
        #expect(Moment(microseconds: 1_999_999).seconds == 1)
        #expect(Moment(microseconds: -1).seconds == -1)
        #expect(Moment(microseconds: -1_000_000).seconds == -1)
        #expect(Moment(microseconds: -1_000_001).seconds == -2)
    }

    @Test("Durations are added and taken away exactly")
    func arithmetic() {
        let start = Moment(seconds: 1_000)
        #expect((start + .microseconds(1)).microseconds == 1_000_000_001)
        #expect((start - .milliseconds(1_500)).microseconds == 998_500_000)
        #expect((start + .seconds(3_600)).duration(since: start) == .seconds(3_600))
        #expect(start.duration(since: start + .seconds(1)) == .seconds(-1))
        #expect((start + .nanoseconds(1_999)).microseconds == 1_000_000_001)
    }

    @Test("Arithmetic stops at the ends of the line and never traps")
    func ends() {
        let huge = Duration.seconds(Int64.max)
        #expect(Moment(seconds: .max) == Moment(microseconds: .max))
        #expect(Moment(seconds: .min) == Moment(microseconds: .min))
        #expect(Moment(seconds: 1) + huge == Moment(microseconds: .max))
        #expect(Moment(seconds: -1) - huge == Moment(microseconds: .min))
        #expect(Moment(microseconds: .min) - .microseconds(1) == Moment(microseconds: .min))
        #expect(Moment(microseconds: .max).duration(since: Moment(microseconds: .min)) > .seconds(0))
        #expect(huge.wholeMicroseconds == .max)
        #expect((Duration.zero - huge).wholeMicroseconds == .min)
    }

    @Test("Moments are ordered as they follow one another")
    func order() {
        #expect(Moment(seconds: -1) < Moment(seconds: 0))
        #expect([Moment(seconds: 3), Moment(seconds: 1)].sorted().map(\.seconds) == [1, 3])
    }
}
