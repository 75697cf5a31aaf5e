import BenchmarkSupport
import JSON
import Postgres

/// What the ordeal has come to.
struct Findings: Sendable {
    /// How many jobs were asked for in transactions that were committed.
    let asked: Int
    /// Asked for, and without an effect.
    let lost: [Int]
    /// With more than one effect, though the effect goes with the end of the job.
    let doubled: [Int]
    /// With an effect, and asked for in a transaction that was undone.
    let unasked: [Int]
    /// Done before one of the same key that was asked for earlier.
    let disorderly: [Int]
    /// Jobs that are still there.
    let backlog: Int
    /// Effects that were there twice because nothing ties them to the end of the job: how often a worker was met
    /// between the two.
    let repeated: Int

    init(_ database: Database) async throws {
        func numbers(_ query: SQL) async throws -> [Int] { try await database.all(query, as: Int.self) }
        asked = try await database.first("select count(*) from chaos.asked", as: Int.self) ?? 0
        lost = try await numbers(
            """
            select number from chaos.asked a
            where not exists (select from chaos.effect e where e.number = a.number) order by 1
            """)
        let twice: SQL = "select number from chaos.effect group by number having count(*) > 1"
        doubled = try await numbers(
            "select number from chaos.asked where kind <> 'loose' and number in (\(twice)) order by 1")
        unasked = try await numbers(
            """
            select distinct number from chaos.effect e
            where not exists (select from chaos.asked a where a.number = e.number) order by 1
            """)
        disorderly = try await numbers(
            """
            select number from (
                select e.number, max(e.number) over (partition by e.key order by e.id) as latest
                from chaos.effect e join chaos.asked a on a.number = e.number where a.key is not null) o
            where number < latest order by 1
            """)
        backlog = try await database.first("select count(*) from jobs.job", as: Int.self) ?? 0
        repeated =
            try await database.first(
                "select count(*) from chaos.asked where kind = 'loose' and number in (\(twice))", as: Int.self) ?? 0
    }

    /// What must not be, by name.
    var violations: [(name: String, numbers: [Int])] {
        [("lost", lost), ("doubled", doubled), ("unasked", unasked), ("disorderly", disorderly)]
            .filter { !$0.numbers.isEmpty }
    }

    var isClean: Bool { violations.isEmpty && backlog == 0 && asked > 0 }

    /// The object that scripts read.
    func json(_ options: OrdealOptions, _ happened: [String: Int]) -> JSON {
        .object([
            "chaos": "workers", "seed": Int64(options.seed), "seconds": options.seconds, "jobs": asked,
            "lost": lost.count, "doubled": doubled.count, "unasked": unasked.count, "disorderly": disorderly.count,
            "backlog": backlog, "repeated": repeated,
            "workers": JSON.object(JSONObject(happened.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })),
        ])
    }
}
