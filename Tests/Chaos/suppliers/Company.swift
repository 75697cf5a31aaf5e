import DeskStore
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
        let system: any PlayedInterface
        let weather: Weather
        /// How its people give files.
        let giving: Giving
    }

    enum Giving {
        /// To a ticket, where the desk finds them.
        case toTickets
        /// With their words, which name them.
        case withWords
        case not
    }

    let members: [Member]
    private let storm = Mutex(false)

    init(_ random: Seed, loops: EventLoopGroup) throws {
        func clock() -> ManualTime { ManualTime(SystemTime().now) }
        var cloud = JiraSite.Traits()
        cloud.indexLag = 2
        let systems: [(String, any PlayedInterface, Giving)] = [
            ("webhook", try WebhookSystem(clock: clock(), loops: loops), .not),
            ("tmf621", try TroubleTicketSystem(.v5, time: clock(), loops: loops), .toTickets),
            ("tmf621-v4", try TroubleTicketSystem(.v4, time: clock(), loops: loops), .toTickets),
            ("servicenow", try ServiceNowInstance(time: clock(), loops: loops), .toTickets),
            ("jira", try JiraSite(traits: cloud, time: clock(), loops: loops), .toTickets),
            ("sister", try WebhookSystem(clock: clock(), loops: loops, isDesk: true), .withWords),
        ]
        members = systems.enumerated().map { place, member in
            let weather = Weather(
                Seed(random.number &+ UInt64(place) &+ 1), bearsRepeats: !(member.1 is ServiceNowInstance))
            return Member(code: member.0, system: member.1, weather: weather, giving: member.2)
        }
    }

    var suppliers: [SupplierDesk.Supplier] {
        let fields = ["fields": ["subject", "description", "note", "message", "files", "file_names"]]
        return members.map { member in
            SupplierDesk.Supplier(
                member.code, member.system.members.merging(fields) { $1 }, secrets: member.system.secrets)
        }
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

    /// Those that fetch what the desk names do so, as its door has them do; some of what they ask for gets lost.
    func fetch(from desk: SupplierDesk, _ random: inout Seed) async throws {
        for member in members {
            for wanted in member.system.wanted {
                guard Int.random(in: 0..<10, using: &random) != 0,
                    let file = try await desk.store.file(wanted.id, of: desk.supplier(member.code))
                else { continue }
                let bytes = try await desk.store.bytes(of: file.id, sha256: file.sha256, size: file.size)
                member.system.take(bytes, of: wanted)
            }
        }
    }

    /// What went wrong with requests, by how often.
    var happened: [String: Int] {
        members.reduce(into: [:]) { sum, member in sum.merge(member.weather.happened, uniquingKeysWith: +) }
    }
}
