import DeskSuppliers
import JiraTestSupport
import Moments
import Runtime
import SeedTestSupport
import ServiceNowTestSupport
import SupplierDeskTestSupport
import SupplierTestSupport
import Synchronization
import TroubleTicketTestSupport

/// The suppliers, one of each way of exchange.
final class Company: Sendable {
    /// A supplier with the system that it works in.
    struct Member: Sendable {
        let code: String
        let system: any PlayedSystem
        let weather: Weather
    }

    let members: [Member]
    private let storm = Mutex(false)

    init(_ random: Seed, loops: EventLoopGroup) throws {
        func clock() -> ManualTime { ManualTime(SystemTime().now) }
        var cloud = JiraSite.Traits()
        cloud.indexLag = 2
        let systems: [(String, any PlayedSystem)] = [
            ("webhook", try WebhookSystem(clock: clock(), loops: loops)),
            ("tmf621", try TroubleTicketSystem(.v5, time: clock(), loops: loops)),
            ("tmf621-v4", try TroubleTicketSystem(.v4, time: clock(), loops: loops)),
            ("servicenow", try ServiceNowInstance(time: clock(), loops: loops)),
            ("jira", try JiraSite(traits: cloud, time: clock(), loops: loops)),
        ]
        members = systems.enumerated().map { place, pair in
            let weather = Weather(
                Seed(random.number &+ UInt64(place) &+ 1), bearsRepeats: !(pair.1 is ServiceNowInstance))
            return Member(code: pair.0, system: pair.1, weather: weather)
        }
    }

    var suppliers: [SupplierDesk.Supplier] {
        members.map { SupplierDesk.Supplier($0.code, $0.system.members, secrets: $0.system.secrets) }
    }

    func member(_ code: String) -> Member? { members.first { $0.code == code } }

    /// Whether anything goes wrong now.
    var isStormy: Bool { storm.withLock(\.self) }

    func setWeather(isBad: Bool) {
        storm.withLock { $0 = isBad }
        for member in members {
            let weather = member.weather
            if isBad {
                member.system.server.leaveToChance { weather.fate(of: $0) }
            } else {
                member.system.server.leaveToChance(nil)
            }
        }
    }

    /// Serves while `body` runs.
    func run<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer { try await run(0, body) }

    private func run<Answer: Sendable>(_ place: Int, _ body: () async throws -> Answer) async throws -> Answer {
        guard place < members.count else { return try await body() }
        return try await members[place].system.run { try await run(place + 1, body) }
    }

    /// Their clocks go as ours; what their people do may put them ahead.
    func tick() {
        for member in members { member.system.clock.advance(to: SystemTime().now) }
    }

    /// What went wrong with requests, by how often.
    var happened: [String: Int] {
        members.reduce(into: [:]) { sum, member in sum.merge(member.weather.happened, uniquingKeysWith: +) }
    }
}
