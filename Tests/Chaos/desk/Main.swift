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
            let report = try await loops.next().run {
                let report = try await play(options, loops)
                return options.isTwice && report.violations.isEmpty ? try await playAgain(report, loops) : report
            }
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

    /// Plays what was played once more: the same seed must come to the same log.
    private static func playAgain(_ first: ChaosReport, _ loops: EventLoopGroup) async throws -> ChaosReport {
        var options = first.options
        options.tickets = first.arrivals
        var second = try await play(options, loops)
        if second.digest != first.digest {
            second.violations.append(
                ChaosReport.Violation(
                    rule: "a seed plays the same again", about: "the log", details: "\(first.digest), \(second.digest)",
                    step: second.steps, at: "the end"))
        }
        return second
    }

    private static func play(_ options: ChaosOptions, _ loops: EventLoopGroup) async throws -> ChaosReport {
        try await BenchmarkCluster.lend(
            settings: ["fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "jit": "off"]
        ) { try await play(options, loops, on: $0) }
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
        try await simulation.tellOfViolations()
        var report = simulation.report
        (report.steps, report.digest) = (simulation.steps, try await simulation.digest())
        report.acknowledged = simulation.acknowledged.count
        say("played \(report.digest)")
        await world.close()
        return report
    }
}
