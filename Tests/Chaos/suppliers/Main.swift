import BenchmarkSupport
import DeskStore
import Foundation
import JSON
import Postgres
import Runtime
import SeedTestSupport
import SupplierDeskTestSupport
import SupplierTestSupport

/// Supplier workers that are killed at random, before suppliers' systems of every kind on ways that lose, repeat, delay
/// and refuse: afterwards both sides have the same tickets in the same states, with each other's words once and in
/// order. `Deploy/chaos suppliers` runs it.
@main
enum SuppliersChaos {
    /// How long it lasts unless it is told otherwise.
    private static let seconds = 300

    static func main() async {
        await OrdealProgram.run(
            "suppliers", seconds: seconds,
            settings: ["fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"], say: say
        ) { try await ordeal($0, on: $1, $2) }
    }

    @Sendable static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }

    private static func ordeal(
        _ options: OrdealOptions, on cluster: BenchmarkCluster, _ loops: EventLoopGroup
    ) async throws -> Bool {
        let company = try Company(Seed(options.seed &+ 10), loops: loops)
        let desk = try await SupplierDesk.open(on: cluster, suppliers: company.suppliers, loops: loops)
        let isClean = try await company.run {
            // What workers say of answers that did not come is what they should say; it is shown where somebody looks.
            let crew = try await Crew(desk) { line in if !options.isJSON { say(line) } }
            let ordeal = Ordeal(options, desk, company)
            try await play(ordeal, desk, company, crew)
            await crew.disband()
            return try await tell(ordeal, company, crew)
        }
        await desk.store.database.close()
        return isClean
    }

    private static func play(
        _ ordeal: Ordeal, _ desk: SupplierDesk, _ company: Company, _ crew: Crew
    ) async throws {
        let (stop, seed) = (StopSignal(), ordeal.options.seed)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var haste = Haste(desk: desk, company: company, random: Seed(seed &+ 1))
                try await haste.run(until: stop)
            }
            group.addTask {
                var speaker = Speaker(desk, company, Seed(seed &+ 2))
                try await speaker.run(until: stop)
            }
            group.addTask { try await crew.disturb(Seed(seed &+ 3), with: company, until: stop) }
            try await ordeal.storm()
            try await ordeal.settle()
            try await ordeal.reconcile()
            stop.raise()
            try await group.waitForAll()
        }
    }

    /// Says what the ordeal has come to.
    ///
    /// - Returns: whether both sides have the same.
    private static func tell(_ ordeal: Ordeal, _ company: Company, _ crew: Crew) async throws -> Bool {
        let seed = ordeal.options.seed
        let found = try await ordeal.differences { say("VIOLATION, seed \(seed): \($0)") }
        let (left, refused) = (try await ordeal.left(), try await ordeal.refused())
        if left > 0 { say("VIOLATION, seed \(seed): \(left) messages and receipts are left") }
        for reason in refused { say("VIOLATION, seed \(seed): what a supplier said was \(reason)") }
        let happened = JSONObject(company.happened.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })
        print(
            JSON.object([
                "chaos": "suppliers", "seed": Int64(seed), "seconds": ordeal.options.seconds,
                "tickets": ordeal.affairs.count, "said_by_desk": ordeal.affairs.reduce(0) { $0 + $1.ours.count },
                "files_of_desk": ordeal.affairs.reduce(0) { $0 + $1.ourFiles.count },
                "files_of_suppliers": ordeal.affairs.reduce(0) { $0 + $1.theirFiles.count },
                "said_by_suppliers": ordeal.affairs.reduce(0) { $0 + $1.theirs.count }, "lost": found.lost,
                "doubled": found.doubled, "disorderly": found.disorderly, "tickets_not_once": found.tickets,
                "states_that_differ": found.states, "left": left, "refused": refused.count,
                "sent_again_by_a_person": ordeal.replayed, "workers_killed": crew.killed,
                "requests": JSON.object(happened),
            ]).text)
        return found.isNone && left == 0 && refused.isEmpty && !ordeal.affairs.isEmpty
    }
}
