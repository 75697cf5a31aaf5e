import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Reporting

@Suite("The report on targets and returns", .database(template: TestDesk.template))
struct TargetReportTests {
    @Test("A promise counts once: as met when it was kept, as missed at the instant at which its time was used up")
    func targets() async throws {
        let played = try await PlayedDesk()
        // Answered after 30 minutes of 4 hours, solved after 30 of 24 hours; the first line's 20 minutes are over.
        let first = try await played.open(at: "OSL", first: "osl-first")
        try await played.act(first) { _ in .taken(played.agent) }
        played.advance(minutes: 30)
        try await played.act(first) { .resolved(.solved, note: $0) }
        // Nobody answers, and nobody has told yet that the time is over: at 14:30 in Oslo it is.
        _ = try await played.open(at: "OSL", first: "osl-first")
        try await played.count()
        let database = played.reporting.store.database
        var question = try Question.spring()
        question.now = TestDesk.monday + .seconds(4 * 3600)
        let before = try await TargetReport(question, from: database)
        #expect(before.total[.firstResponse] == TargetFigures(met: 1, missed: 0))
        #expect(before.total[.resolution] == TargetFigures(met: 1, missed: 0))
        #expect(before.total[.timeBox] == TargetFigures(met: 0, missed: 1))
        question.now = TestDesk.monday + .seconds(4 * 3600 + 1800 + 1)
        let after = try await TargetReport(question, from: database)
        #expect(after.total[.firstResponse] == TargetFigures(met: 1, missed: 1))
        let missed = Listing(question: question, count: .missed(.firstResponse), group: .all)
        #expect(try await database.all(.lines(missed)).count == 1)
        await played.close()
    }

    @Test("A ticket that was given back for want of facts is counted for its pair of teams, with the time it took")
    func returns() async throws {
        let played = try await PlayedDesk.workedOut()
        let database = played.reporting.store.database
        let report = try await TargetReport(.spring(), from: database)
        let loop = try #require(report.returns.first)
        // From 9:30 to 10:50; in between the requester had it for an hour.
        #expect(report.returns.count == 1 && loop.count == 1)
        #expect(loop.from == played.directory.teams["ams-network"] && loop.fromTier == 2)
        #expect(loop.to == played.directory.teams["ams-first"] && loop.toTier == 1)
        #expect(loop.wall == 4800.0 && loop.hours == 1200.0)
        let listing = Listing(question: try .spring(), count: .returned(from: loop.from, to: loop.to), group: .all)
        #expect(try await database.all(.lines(listing)).map(\.number?.description) == ["AMS-20"])
        let none = try await TargetReport(.spring(reach: Reach(sites: [played.site("SIN")])), from: database)
        #expect(none.returns.isEmpty)
        await played.close()
    }
}
