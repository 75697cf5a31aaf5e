import Jobs
import Moments
import Postgres
import Runtime
import SeedTestSupport

/// Leaves jobs, and beside them, in the same transaction, a row that says which.
struct Producer {
    let database: Database
    var random: Seed
    private var number = 0

    init(_ database: Database, seed: UInt64) { (self.database, random) = (database, Seed(seed)) }

    static let tables = """
        create schema chaos;
        create table chaos.asked (number bigint primary key, kind text not null, key text);
        create table chaos.effect (id bigint generated always as identity, number bigint not null, key text);
        create index on chaos.effect (number);
        """

    /// A transaction with some jobs. One in ten is undone, and one in twenty is not heard of by who asked.
    mutating func leaveSome() async throws {
        let jobs = (0..<Int.random(in: 1...30, using: &random)).map { _ in next() }
        let isUndone = Int.random(in: 0..<10, using: &random) == 0
        struct Undone: Error {}
        do {
            try await database.transaction { (transaction: borrowing Transaction) in
                for job in jobs { try await job.leave(on: transaction) }
                if isUndone { throw Undone() }
            }
        } catch is Undone {}
    }

    private mutating func next() -> Asked {
        number += 1
        let chance = Int.random(in: 0..<10, using: &random)
        let key = chance < 4 ? "key \(Int.random(in: 0..<40, using: &random))" : nil
        let deed = Deed(
            number: number, key: key, milliseconds: Int.random(in: 0...300, using: &random),
            failures: Int.random(in: 0..<12, using: &random) == 0 ? Int.random(in: 1...2, using: &random) : 0)
        let isLater = key == nil && chance == 9
        let due: Duration? = isLater ? .milliseconds(Int.random(in: 100...3000, using: &random)) : nil
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<3: return Asked(deed: deed, kind: .written, wait: due)
        case 3..<5: return Asked(deed: deed, kind: .joined, wait: due)
        case 5..<8: return Asked(deed: deed, kind: .awaited, wait: due)
        default: return Asked(deed: deed, kind: .loose, wait: due)
        }
    }
}

/// A job that is asked for.
private struct Asked {
    enum Kind: String { case written, joined, awaited, loose }

    let deed: Deed
    let kind: Kind
    let wait: Duration?

    func leave(on transaction: borrowing Transaction) async throws {
        let due = wait.map { SystemTime().now + $0 }
        switch kind {
        case .written: _ = try await transaction.enqueue(Written(deed: deed), at: due, key: deed.key)
        case .joined: _ = try await transaction.enqueue(Joined(deed: deed), at: due, key: deed.key)
        case .awaited: _ = try await transaction.enqueue(Awaited(deed: deed), at: due, key: deed.key)
        case .loose: _ = try await transaction.enqueue(Loose(deed: deed), at: due)
        }
        try await transaction.run(
            "insert into chaos.asked values (\(deed.number), \(kind.rawValue), \(kind == .loose ? nil : deed.key))")
    }
}
