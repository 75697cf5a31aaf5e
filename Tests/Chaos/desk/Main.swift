import BenchmarkSupport
import Desk
import DeskStore
import Foundation
import JSON
import LocalCluster
import Moments
import Postgres
import Runtime
import SeedTestSupport
import Synchronization
import TimeZones

/// An organisation simulated in fast time, with everything checked that must always hold. `Deploy/chaos desk` runs it.
@main
enum DeskChaos {
    static func main() async {
        let options: ChaosOptions
        do throws(ChaosFault) {
            options = try ChaosOptions(CommandLine.arguments.dropFirst())
        } catch {
            say("chaos-desk: \(error)")
            exit(64)
        }
        say("seed \(options.seed)")
        do {
            let loops = EventLoopGroup(count: 2)
            let report = try await loops.next().run { try await play(options, loops) }
            for violation in report.violations { say("VIOLATION, seed \(options.seed), \(violation)") }
            if !report.violations.isEmpty { say("Play it again: \(report.replay)") }
            print(report.json.text)
            exit(report.violations.isEmpty ? 0 : 1)
        } catch {
            say("chaos-desk: seed \(options.seed): \(error)")
            exit(70)
        }
    }

    static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }

    private static func play(_ options: ChaosOptions, _ loops: EventLoopGroup) async throws -> ChaosReport {
        let cluster = try await BenchmarkCluster.start(
            sharedBuffers: "128MB",
            settings: ["fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "jit": "off"])
        do {
            let report = try await play(options, loops, on: cluster)
            await cluster.remove()
            return report
        } catch {
            await cluster.remove()
            throw error
        }
    }

    private static func play(
        _ options: ChaosOptions, _ loops: EventLoopGroup, on cluster: BenchmarkCluster
    ) async throws -> ChaosReport {
        var random = Seed(options.seed)
        // Any week of a year, so that clocks are put forward and back, and holidays come.
        let start = Moment(seconds: 1_767_571_200 + 7 * 86_400 * Int64.random(in: 0..<52, using: &random))
        let waits = Mutex(Seed(options.seed &+ 1))
        let outside = try Outside(loops: loops)
        let world = try World(cluster, loops: loops, outside: outside, at: start) { waits.withLock { $0.next() } }
        try await world.prepare()
        let simulation = Simulation(world, Scenery(), options: options, random: random)
        try await simulation.found()
        try await outside.run { try await simulation.run() }
        if !options.isJSON { simulation.tell() }
        say("played \(try await simulation.digest())")
        await world.close()
        return simulation.report
    }
}

extension Simulation {
    /// Makes the organisation.
    func found() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Deploy/example/organisation.json"), encoding: .utf8)
            .replacing("//127.0.0.1:8090/", with: "//127.0.0.1:\(world.outside.supplierPort)/")
        let organisation = try Organisation(json: JSON.parse(text)) { [world] in try world.zones.zone($0) }
        _ = try await world.operators.apply(organisation, by: "the simulation")
        try documents.add(organisation, at: now, world.zones)
        try await world.setSecrets()
    }

    /// The whole log in a few digits: the same seed plays the same.
    func digest() async throws -> String {
        try await world.operators.database.first(
            """
            select md5(coalesce(string_agg(format('%s %s %s %s %s', t.number, e.revision, e.kind,
                e.at at time zone 'UTC', e.actor_kind), ',' order by e.at, t.number, e.revision), ''))
            from event e join ticket t on t.id = e.ticket
            """, as: String.self) ?? ""
    }

    /// Says what was played, for people.
    func tell() {
        DeskChaos.say(
            "until \(now.rfc3339): \(report.arrivals) arrivals, \(acknowledged.count) tickets, \(steps) steps")
        for (name, count) in deeds.sorted(by: { $0.key < $1.key }) {
            DeskChaos.say("  \(name): \(count) (refused \(refusals[name, default: 0]))")
        }
        for (name, count) in report.faults.sorted(by: { $0.key < $1.key }) {
            DeskChaos.say("  fault: \(name): \(count)")
        }
    }
}
