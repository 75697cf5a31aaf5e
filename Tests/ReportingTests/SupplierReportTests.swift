import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Testing
import TimeZones

@testable import Reporting

@Suite("The scorecards of suppliers", .database(template: TestDesk.template))
struct SupplierReportTests {
    private func played() async throws -> PlayedDesk {
        let played = try await PlayedDesk()
        try await played.count(
            logs: ReferredCase.all.enumerated().map { try $0.element.played.log(played, number: $0.offset + 1) })
        return played
    }

    private func check(_ figures: SupplierFigures, against parts: [ReferredCase.Part], _ name: String) {
        let solved = parts.filter { $0.ending == .resolved }.compactMap(\.handling)
        let acknowledgements = parts.compactMap(\.acknowledgement)
        #expect(figures.referred == parts.count, "\(name)")
        #expect(figures.again == parts.count { $0.isAgain }, "\(name)")
        #expect(figures.returned == parts.count { $0.ending == .returned }, "\(name)")
        #expect(figures.withdrawn == parts.count { $0.ending == .withdrawn }, "\(name)")
        #expect(figures.held == parts.count { $0.ending == nil }, "\(name)")
        #expect(figures.acknowledgement.wall.isNear(Spread(minutes: acknowledgements.map(\.wall))), "\(name)")
        #expect(figures.acknowledgement.hours.isNear(Spread(minutes: acknowledgements.map(\.hours))), "\(name)")
        #expect(figures.solution.wall.isNear(Spread(minutes: solved.map(\.wall))), "\(name)")
        #expect(figures.solution.hours.isNear(Spread(minutes: solved.map(\.hours))), "\(name)")
    }

    @Test("Cases that were worked out by hand give these figures, exactly: each supplier's, and all of them")
    func handWorked() async throws {
        let played = try await played()
        let report = try await SupplierReport(.spring(by: .supplier), from: played.reporting.store.database)
        let parts = ReferredCase.all.flatMap(\.parts)
        check(report.total, against: parts, "all")
        for code in ["fjordnett", "printwerk"] {
            let key = try #require(played.directory.suppliers[code]).description
            let group = try #require(report.groups.first { $0.key == key })
            check(group.figures, against: parts.filter { $0.supplier == code }, code)
        }
        // Added up by hand as well: ten to the one and five to the other, of which one each again.
        #expect(report.groups.map(\.figures.referred) == [10, 5] && report.groups.map(\.figures.again) == [1, 1])
        // Until the end of April: from 30 March 9:10 on, and from 31 March 8:10 on.
        #expect(report.total.oldest == 45_530 * 60 && report.total.medianAge == 44_840 * 60)
        await played.close()
    }

    @Test("Each case by itself is counted as it was worked out")
    func single() async throws {
        let played = try await PlayedDesk()
        for (place, one) in ReferredCase.all.enumerated() {
            try await TestDatabase.current.run("delete from figure_ticket")
            try await played.count(logs: [one.played.log(played, number: place + 1)])
            let report = try await SupplierReport(.spring(by: .supplier), from: played.reporting.store.database)
            check(report.total, against: one.parts, one.name)
        }
        await played.close()
    }

    @Test("What happened counts in its own month, and in the past as much as was with a supplier then")
    func months() async throws {
        let played = try await played()
        let database = played.reporting.store.database
        let report = try await SupplierReport(.spring(by: .supplier), from: database)
        let key = try #require(played.directory.suppliers["printwerk"]).description
        let months = try #require(report.groups.first { $0.key == key }).months
        #expect(months.map(\.first.month) == [3, 4])
        #expect(months.map(\.figures.referred) == [4, 1] && months.map(\.figures.again) == [0, 1])
        #expect(months.map(\.figures.returned) == [0, 1] && months.map(\.figures.solution.hours.count) == [3, 0])
        // On the evening of 4 March the second ticket was with Fjordnett for 8:40, and nothing else.
        let early = try await SupplierReport(.spring(by: .supplier, last: "2026-03-04"), from: database)
        #expect(early.total.referred == 2 && early.total.held == 1)
        #expect(early.total.oldest == 31_200.0)
        await played.close()
    }

    @Test("Each number leads to its tickets, and tickets out of a reader's reach are not counted")
    func listings() async throws {
        let played = try await played()
        let database = played.reporting.store.database
        let key = try #require(played.directory.suppliers["fjordnett"]).description
        func numbers(_ count: ReferralCount) async throws -> [String] {
            let listing = Listing(
                question: try .spring(by: .supplier), count: .referral(count), group: .one(key))
            #expect(Listing.Count(word: listing.count.word) == listing.count)
            return try await database.all(.lines(listing)).compactMap(\.number?.description).sorted()
        }
        #expect(try await numbers(.again) == ["OSL-5"])
        #expect(try await numbers(.returned) == ["OSL-10", "OSL-2"])
        #expect(try await numbers(.withdrawn) == ["OSL-7", "OSL-8"])
        #expect(try await numbers(.held) == ["OSL-12"])
        // Twice referred and solved, it stands there once.
        #expect(try await numbers(.resolved) == ["AMS-9", "OSL-1", "OSL-3", "OSL-5"])
        #expect(try await numbers(.referred).count == 9)
        let amsterdam = Reach(sites: [try played.site("AMS")])
        let report = try await SupplierReport(.spring(by: .supplier, reach: amsterdam), from: database)
        check(report.total, against: ReferredCase.all.filter { $0.site == "AMS" }.flatMap(\.parts), "Amsterdam")
        await played.close()
    }

    @Test("A contract is met when the supplier keeps its time, and missed at the instant at which that is used up")
    func contracts() async throws {
        let played = try await PlayedDesk()
        let supplier = try #require(played.directory.suppliers["fjordnett"])
        // One hour to acknowledge and eight to solve, in Oslo's hours from 10:00 on.
        let kept = try await played.open(at: "OSL", first: "osl-first")
        let missed = try await played.open(at: "OSL", first: "osl-first")
        for number in [kept, missed] { try await played.act(number) { .referred(supplier, note: $0) } }
        played.advance(minutes: 30)
        try await played.act(kept) { _ in .supplierAcknowledged(supplier, reference: "FN-1") }
        played.advance(minutes: 60)
        try await played.act(kept) { .supplierResolved(supplier, note: $0) }
        try await played.count()
        let database = played.reporting.store.database
        var question = try Question.spring(by: .supplier)
        func figures(after minutes: Int) async throws -> SupplierFigures {
            question.now = TestDesk.monday + .seconds(minutes * 60)
            return try await SupplierReport(question, from: database).total
        }
        let early = try await figures(after: 59)
        #expect(early.acknowledgedInTime == TargetFigures(met: 1, missed: 0) && early.held == 2)
        let later = try await figures(after: 91)
        #expect(later.acknowledgedInTime == TargetFigures(met: 1, missed: 1))
        #expect(later.solvedInTime == TargetFigures(met: 1, missed: 0) && later.held == 1)
        // Eight hours from 10:00 on end at 10:00 of the next day.
        let nextDay = try await figures(after: 24 * 60 + 1)
        #expect(nextDay.solvedInTime == TargetFigures(met: 1, missed: 1))
        let missing = Listing(
            question: question, count: .missed(.supplierAcknowledgement), group: .one(supplier.description))
        #expect(try await database.all(.lines(missing)).map(\.number) == [missed])
        await played.close()
    }
}
