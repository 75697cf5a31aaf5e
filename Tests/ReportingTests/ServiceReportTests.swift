import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing
import TimeZones

@testable import Reporting

@Suite("The service report", .database(template: TestDesk.template))
struct ServiceReportTests {
    /// Three tickets of Monday 2 March 2026, from 09:00 UTC on:
    /// - Oslo A: answered and solved by the first line after 10 minutes, reopened an hour later, solved again after 30.
    /// - Oslo B: 20 minutes at the first line, 40 at Amsterdam's network team, which then refers it; the supplier has
    ///   it for 60 minutes, then it is resolved, 120 minutes after it came.
    /// - Amsterdam C: opened and not touched.
    private func play() async throws -> PlayedDesk {
        let played = try await PlayedDesk()
        let first = try await played.open(at: "OSL", first: "osl-first")
        played.advance(minutes: 10)
        try await played.act(first) { .resolved(.solved, note: $0) }
        played.advance(minutes: 60)
        try await played.act(first) { .reopened(.notSolved, note: $0) }
        played.advance(minutes: 30)
        try await played.act(first) { .resolved(.solved, note: $0) }

        let second = try await played.open(at: "OSL", first: "osl-first")
        played.advance(minutes: 20)
        let network = try played.team("ams-network", at: "AMS")
        try await played.act(second) { .handedOver(network, reason: "skill", note: $0) }
        played.advance(minutes: 40)
        let supplier = try #require(played.directory.suppliers["fjordnett"])
        try await played.act(second) { .referred(supplier, note: $0) }
        played.advance(minutes: 60)
        try await played.act(second) { .resolved(.solved, note: $0) }

        _ = try await played.open(at: "AMS", first: "ams-first")
        played.advance(minutes: 15)
        try await played.count()
        return played
    }

    private func question(
        _ played: PlayedDesk, by split: Split = .site, reach: Reach = .everywhere, days: Int = 1
    ) throws -> Question {
        let zone = try TestDesk.zones.zone("Europe/Oslo")
        let now = played.desk.time.now
        return Question(period: Period(lastDays: days, until: now, in: zone), split: split, reach: reach, now: now)
    }

    private func near(_ value: Double?, minutes: Double) -> Bool {
        value.map { abs($0 - minutes * 60) < 0.01 } ?? false
    }

    @Test("Figures of a played day are those worked out by hand")
    func figures() async throws {
        let played = try await play()
        let report = try await ServiceReport(question(played), from: played.reporting.store.database)
        let total = report.total
        #expect(total.opened == 3 && total.resolved == 2 && total.open == 1)
        #expect(total.response.count == 2)
        #expect(near(total.response.median, minutes: 65) && near(total.response.mean, minutes: 65))
        #expect(near(total.response.ninety, minutes: 109))
        // A: 100 minutes without the 60 in which it counted as resolved. B: 120.
        #expect(near(total.resolution.median, minutes: 80) && near(total.resolution.mean, minutes: 80))
        #expect(near(total.resolution.ninety, minutes: 112))
        #expect(total.firstLevelShare == 0.5)
        #expect(total.reopenedShare == 0.5)
        #expect(report.columns.map(\.opened) == [3] && report.columns.map(\.resolved) == [2])
        await played.close()
    }

    @Test("Time at each party adds up to the time in which tickets were worked on")
    func held() async throws {
        let played = try await play()
        let report = try await ServiceReport(question(played), from: played.reporting.store.database)
        func minutes(_ holder: Holder.Kind, _ party: Int64?) -> Double {
            report.held.filter { $0.holder == holder && $0.party == party }.reduce(0) { $0 + $1.seconds } / 60
        }
        let directory = played.directory
        #expect(abs(minutes(.team, directory.teams["osl-first"]?.rawValue) - 60) < 0.01)
        #expect(abs(minutes(.team, directory.teams["ams-network"]?.rawValue) - 40) < 0.01)
        #expect(abs(minutes(.supplier, directory.suppliers["fjordnett"]?.rawValue) - 60) < 0.01)
        #expect(abs(minutes(.team, directory.teams["ams-first"]?.rawValue) - 15) < 0.01)
        #expect(report.held.allSatisfy { $0.holder != .requester })
        await played.close()
    }

    @Test("Each breakdown has the groups that there are, and they add up to the whole", arguments: Split.allCases)
    func splits(_ split: Split) async throws {
        let played = try await play()
        let report = try await ServiceReport(question(played, by: split), from: played.reporting.store.database)
        let groups = report.groups.map(\.figures)
        #expect(groups.reduce(0) { $0 + $1.opened } == 3)
        #expect(groups.reduce(0) { $0 + $1.resolved } == 2)
        #expect(groups.reduce(0) { $0 + $1.open } == 1)
        #expect(groups.reduce(0) { $0 + $1.resolvedAtFirstLevel } == 1)
        let count = [Split.site: 2, .tier: 2, .team: 3, .supplier: 2, .kind: 1, .category: 1]
        #expect(report.groups.count == count[split])
        await played.close()
    }

    @Test("Who manages one site sees the tickets that came in there or are there, and no others")
    func reach() async throws {
        let played = try await play()
        let database = played.reporting.store.database
        let amsterdam = Reach(sites: [try played.site("AMS")])
        let seen = try await ServiceReport(question(played, reach: amsterdam), from: database)
        #expect(seen.total.opened == 2 && seen.total.resolved == 1 && seen.total.open == 1)
        let warsaw = Reach(sites: [try played.site("WAW")])
        #expect(try await ServiceReport(question(played, reach: warsaw), from: database).isEmpty)
        await played.close()
    }

    @Test("A period before anything happened is empty; what is open is as it was at the end of the period")
    func periods() async throws {
        let played = try await play()
        let database = played.reporting.store.database
        let zone = try TestDesk.zones.zone("Europe/Oslo")
        var earlier = try question(played)
        earlier.period = Period(lastDays: 3, until: TestDesk.monday - .seconds(86_400), in: zone)
        #expect(try await ServiceReport(earlier, from: database).isEmpty)
        var midday = try question(played)
        midday.now = TestDesk.monday + .seconds(5 * 60)
        #expect(try await ServiceReport(midday, from: database).total.open == 1)
        midday.now = TestDesk.monday + .seconds(30 * 60)
        #expect(try await ServiceReport(midday, from: database).total.open == 0)
        await played.close()
    }
}
