import Foundation
import Moments
import SeedTestSupport
import Testing
import TimeZones

@Suite("Zones beside Foundation's")
struct FoundationAgreementTests {
    /// Every zone that both have.
    static let known: [String] = {
        let zones = TimeZones()
        return TimeZone.knownTimeZoneIdentifiers.filter { (try? zones.zone($0)) != nil }
    }()

    /// Those of them whose law is the same in the system's database and in the one that comes with Foundation, which
    /// are seldom of the same age. One look a month tells.
    static let names: [String] = known.filter { name in
        guard let ours = try? TimeZones().zone(name), let theirs = TimeZone(identifier: name) else { return false }
        return stride(from: 0, to: 4_134_000_000, by: 2_592_000).allSatisfy { seconds in
            ours.offset(at: Moment(seconds: seconds))
                == theirs.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        }
    }

    @Test("All but a few zones, whose law has changed since one of the databases was made, agree month by month")
    func lawful() {
        let others = Set(Self.known).subtracting(Self.names)
        #expect(Self.known.count > 300)
        #expect(others.count <= Self.known.count / 50, "\(others.sorted())")
    }

    let zones = TimeZones()

    @Test("Offsets agree at random instants from 1970 to 2100", arguments: names)
    func offsets(name: String) throws {
        let zone = try zones.zone(name)
        let theirs = try #require(TimeZone(identifier: name))
        var random = Seed(name: name)
        for _ in 0..<400 {
            let seconds = Int64.random(in: 0..<4_102_444_800, using: &random)
            let expected = theirs.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
            #expect(zone.offset(at: Moment(seconds: seconds)) == expected, "\(name) at \(seconds), \(random)")
        }
    }

    @Test("Days start when Foundation says", arguments: names)
    func startsOfDays(name: String) throws {
        let zone = try zones.zone(name)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: name))
        var random = Seed(name: name)
        for _ in 0..<40 {
            let seconds = Int64.random(in: 0..<4_102_444_800, using: &random)
            let start = calendar.startOfDay(for: Date(timeIntervalSince1970: Double(seconds)))
            let local = zone.local(at: Moment(seconds: seconds))
            #expect(
                zone.startOfDay(local.date).seconds == Int64(start.timeIntervalSince1970),
                "\(name) at \(seconds), \(random)")
        }
    }

    @Test("Both sides of every change to 2100 agree", arguments: names)
    func changes(name: String) throws {
        let zone = try zones.zone(name)
        let theirs = try #require(TimeZone(identifier: name))
        var moment = Moment(seconds: 0)
        while let change = zone.nextChange(after: moment), change.seconds < 4_102_444_800 {
            for seconds in [change.seconds - 1, change.seconds] {
                let expected = theirs.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
                #expect(zone.offset(at: Moment(seconds: seconds)) == expected, "\(name) at \(seconds)")
            }
            moment = change
        }
    }

    @Test(
        "Where the tables end, the rule goes on as Foundation's: offsets and wall times of 2100 to 2500",
        arguments: names)
    func farFuture(name: String) throws {
        let zone = try zones.zone(name)
        let theirs = try #require(TimeZone(identifier: name))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = theirs
        var random = Seed(name: name)
        for _ in 0..<150 {
            let seconds = Int64.random(in: 4_102_444_800..<16_725_225_600, using: &random)
            let date = Date(timeIntervalSince1970: Double(seconds))
            #expect(
                zone.offset(at: Moment(seconds: seconds)) == theirs.secondsFromGMT(for: date),
                "\(name) at \(seconds), \(random)")
            let shown = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
            let local = zone.local(at: Moment(seconds: seconds))
            #expect(
                [local.date.year, local.date.month, local.date.day, local.hour, local.minute, local.second]
                    == [shown.year, shown.month, shown.day, shown.hour, shown.minute, shown.second],
                "\(name) at \(seconds), \(random)")
            #expect(local.weekday.rawValue % 7 + 1 == shown.weekday)
            // The wall time leads back, but for the hour that is shown twice.
            let there = [Zone.Overlap.earlier, .later].map { zone.moment(local, overlap: $0).seconds }
            #expect(there.contains(seconds), "\(name) at \(seconds), \(random)")
        }
    }
}
