import Foundation
import Moments
import SeedTestSupport
import Testing

@Suite("A moment as RFC 3339 text")
struct MomentTextTests {
    @Test(
        "Text is read as the instant it names",
        arguments: [
            ("1970-01-01T00:00:00Z", Int64(0)),
            ("1970-01-01t00:00:00z", 0),
            ("2026-03-01T08:30:00Z", 1_772_353_800_000_000),
            ("2026-03-01T10:30:00+02:00", 1_772_353_800_000_000),
            ("2026-02-28T22:30:00.5-10:00", 1_772_353_800_500_000),
            ("2026-03-01T08:30:00.000001Z", 1_772_353_800_000_001),
            ("2026-03-01T08:30:00.0000019999Z", 1_772_353_800_000_001),
            ("1969-12-31T23:59:59.999999Z", -1),
            ("2024-02-29T00:00:00-00:00", 1_709_164_800_000_000),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
        ])
    func reads(text: String, microseconds: Int64) {
        #expect(Moment(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(
        "Text that is not a date and time is refused",
        arguments: [
            "", "2026", "2026-03-01", "2026-03-01T08:30Z", "2026-03-01T08:30:00", "2026-03-01 08:30:00Z",
            "2026-03-01T24:00:00Z", "2026-03-01T23:60:00Z", "2016-12-31T23:59:60Z", "2026-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-04-31T00:00:00Z",
            "2026-01-00T00:00:00Z", "2026-03-01T08:30:00.Z", "2026-03-01T08:30:00,5Z", "2026-03-01T08:30:00+24:00",
            "2026-03-01T08:30:00+0200", "2026-03-01T08:30:00+02:60", "2026-03-01T08:30:00ZZ", "+2026-03-01T08:30:00Z",
            "-026-03-01T08:30:00Z", "2026-3-01T08:30:00Z", " 2026-03-01T08:30:00Z", "２026-03-01T08:30:00Z",
        ])
    func refuses(text: String) {
        #expect(Moment(rfc3339: text) == nil)
    }

    @Test("A fraction is written only if it is not zero, without trailing zeros")
    func fraction() {
        #expect(Moment(seconds: 1_772_353_800).rfc3339 == "2026-03-01T08:30:00Z")
        #expect(Moment(microseconds: 1_772_353_800_120_000).rfc3339 == "2026-03-01T08:30:00.12Z")
        #expect(Moment(microseconds: -1).rfc3339 == "1969-12-31T23:59:59.999999Z")
        #expect(Moment(microseconds: 1_772_353_800_999_999).rfc3339(fractionDigits: 3) == "2026-03-01T08:30:00.999Z")
        #expect(Moment(seconds: 0).rfc3339(fractionDigits: 3) == "1970-01-01T00:00:00.000Z")
        #expect(Moment(microseconds: 999_999).rfc3339(fractionDigits: 0) == "1970-01-01T00:00:00Z")
    }

    @Test("What is written is read as the same moment, and Foundation reads it so too")
    func roundTrip() throws {
        let seed = Seed.ofThisRun
        var generator = seed
        for _ in 0..<2_000 {
            let moment = Moment(
                microseconds: .random(in: -62_167_219_200_000_000...253_402_300_799_999_999, using: &generator))
            #expect(Moment(rfc3339: moment.rfc3339) == moment, "\(seed)")
        }
        for _ in 0..<500 {
            let moment = Moment(seconds: .random(in: -2_000_000_000...8_000_000_000, using: &generator))
            let date = try Date(moment.rfc3339, strategy: .iso8601)
            #expect(Int64(date.timeIntervalSince1970) == moment.seconds, "\(seed)")
        }
    }

    @Test("Any bytes are either refused or read as what they are written back")
    func mutated() {
        let seed = Seed.ofThisRun
        var generator = seed
        let model = Array("2026-03-01T08:30:00.25+02:00".utf8)
        for _ in 0..<5_000 {
            var bytes = model
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0x20...0x7E, using: &generator)
            }
            guard let moment = Moment(rfc3339: String(decoding: bytes, as: UTF8.self)) else { continue }
            #expect(Moment(rfc3339: moment.rfc3339) == moment, "\(seed)")
        }
    }

    @Test("A moment outside four-digit years is written as the nearest one that has a text")
    func outside() {
        #expect(Moment(microseconds: .max).rfc3339 == "9999-12-31T23:59:59.999999Z")
        #expect(Moment(microseconds: .min).rfc3339 == "0000-01-01T00:00:00Z")
    }
}
