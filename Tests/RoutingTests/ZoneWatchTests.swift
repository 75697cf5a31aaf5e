import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Moments
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Runtime
import Testing
import TimeZones

@Suite("Zones whose law changes", .database(template: TestDesk.template))
struct ZoneWatchTests {
    /// The database of a machine on which Oslo has no summer time any more.
    private func zonesWithoutSummer() throws -> TimeZones {
        let system = URL(filePath: ProcessInfo.processInfo.environment["TZDIR"] ?? "/usr/share/zoneinfo")
        let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
        for zone in Set(try TestDesk.exampleOrganisation().calendars.values.map(\.zone)) {
            let file = folder.appending(path: zone)
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let source = zone == "Europe/Oslo" ? "Africa/Algiers" : zone
            try Data(contentsOf: system.appending(path: source)).write(to: file)
        }
        return TimeZones(directory: folder.path)
    }

    private func resolution(of number: TicketNumber, on desk: TestDesk) async throws -> Clock {
        let view = try #require(await desk.store.view(of: number, seeing: .desk, including: true))
        return try #require(view.clocks.map(\.clock).first { $0.measure == .resolution })
    }

    private func versions() async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from calendar_version", as: Int.self)
    }

    @Test("What is due moves with the law, what was counted stays, and a machine that knows less takes nothing back")
    func follows() async throws {
        // A Friday afternoon; on the Sunday between, clocks would have been put forward.
        let plain = try TestDesk(at: try #require(Moment(rfc3339: "2026-03-27T13:00:00Z")))
        let known = try TestDesk(as: "meridian_routing", time: plain.time)
        #expect(try await known.store.followZones() == [])
        let oslo = try await plain.store.directory().sites["OSL"]
        let number = try await plain.store.accept(TestDesk.submission(at: oslo)).ticket.number
        try await RoutingRun(known).drain("routing")
        plain.time.advance(by: .seconds(1800))
        let before = try await resolution(of: number, on: plain)
        let (counted, count) = (before.elapsed(at: plain.time.now), try await versions())

        let told = try TestDesk(as: "meridian_routing", time: plain.time, zones: try zonesWithoutSummer())
        #expect(try await told.store.followZones() == ["Europe/Oslo"])
        #expect(try await versions() == count.map { $0 + 1 })
        try await RoutingRun(told).drain("routing")
        let after = try await resolution(of: number, on: told)
        #expect(after.dueAt == before.dueAt.map { $0 + .seconds(3600) })
        #expect(counted == 1_800_000_000 && after.elapsed(at: plain.time.now) == counted)
        let log = try #require(await plain.store.view(of: number, seeing: .desk, including: true)).log
        #expect(log.last?.recorded.event.kind == .termsChanged)

        #expect(try await told.store.followZones() == [])
        #expect(try await known.store.followZones() == [])
        #expect(try await versions() == count.map { $0 + 1 })
        await known.store.database.close()
        await told.store.database.close()
    }

    @Test("The routing worker looks at its zones when it starts, and ends when it is told to")
    func watch() async throws {
        let desk = try TestDesk(as: "meridian_routing")
        let stop = StopSignal()
        try await TestDatabase.loops.next().run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await ZoneWatch(desk.store, log: .silent).run(until: stop) }
                try await withDeadline(.seconds(120)) {
                    let zones: SQL = "select count(distinct zone) from zone_law"
                    while try await desk.store.database.first(zones, as: Int.self) != 6 {
                        try await EventLoop.current?.sleep(for: .milliseconds(5))
                    }
                }
                stop.raise()
                try await group.waitForAll()
            }
        }
        await desk.store.database.close()
    }
}
