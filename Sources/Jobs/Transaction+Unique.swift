public import Moments
public import Postgres
import Runtime

extension Transaction {
    /// Leaves those jobs of one type of which there is none yet that is the same, also among themselves.
    ///
    /// However many transactions leave the same jobs at once, none of these calls makes two of them wait for each other
    /// for ever; two calls in one transaction can, and then one of the transactions fails with a passing fault.
    ///
    /// - Returns: for each of the jobs, in their order, whether it was left or which one there is already.
    /// - Throws: ``ArgumentsTooLong``, `EncodingError` or `DatabaseError`.
    @discardableResult
    public borrowing func enqueue<J: Job>(
        contentsOf jobs: [J], unique: JobUnique<J>, at due: Moment? = nil, site: String? = nil,
        group: String? = nil, priority: JobPriority? = nil, deadline: Moment? = nil, now: Moment? = nil,
        file: StaticString = #fileID,
        line: UInt = #line
    ) async throws -> [JobLeaving] {
        guard !jobs.isEmpty else { return [] }
        let words = jobs.map(unique.word)
        let firsts = Dictionary(zip(jobs.indices, words).map { ($1, $0) }, uniquingKeysWith: min)
        // Everybody takes words in the same order.
        let order = firsts.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
        let claim = WordClaim(kind: J.kind, words: order.map(\.key), span: unique.span, now: now)
        let leaving = try Enqueueing(
            J.self, order.map { jobs[$0.value] }, due: due, site: site, group: group, key: nil, unique: nil,
            priority: priority,
            deadline: deadline, words: claim, now: now)
        let answers = try await pipeline(
            claim.before + leaving.statements + claim.after, file: file, line: line)
        let left = try answers[claim.before.count].rows(as: (JobID, String?, String).self)
        let ids = Dictionary(left.map { ($0.2, $0.0) }, uniquingKeysWith: { first, _ in first })
        let known = try answers[answers.count - 1].rows(as: (String, JobID?).self)
        let twins = Dictionary(known, uniquingKeysWith: { first, _ in first })
        return zip(jobs.indices, words).map { index, word in
            guard firsts[word] == index, let id = ids[word] else { return .duplicate(of: twins[word] ?? nil) }
            return .left(id)
        }
    }
}

/// The statements by which many jobs that are to be the only ones take their words.
struct WordClaim {
    let kind: JobKind
    /// In the order in which they are taken, no two the same.
    let words: [String]
    /// What stands in `jobs.job`, what says that it is taken, and the word in it.
    let column, conflict, word: SQL
    /// Makes a word of a job into what stands in the column.
    let value: SQL
    /// Only these words are taken; nil for all.
    let condition: SQL?
    let before, after: [SQL]

    init<J>(kind: JobKind, words: [String], span: JobUnique<J>.Span, now: Moment?) {
        (self.kind, self.words) = (kind, words)
        switch span {
        case .waiting:
            (column, word, value, condition, before) = ("waiting_word", "waiting_word", "word", nil, [])
            conflict = "on conflict (kind, waiting_word) where waiting_word is not null do nothing"
            after = [
                "select waiting_word, id from jobs.job where kind = \(kind) and waiting_word = any(\(words))"
            ]
        case .unfinished:
            (column, word, value, condition, before) = ("unique_key", "unique_key", "word", nil, [])
            conflict = "on conflict (kind, unique_key) where unique_key is not null and state <> 'dead' do nothing"
            after = [
                """
                select unique_key, id from jobs.job
                where kind = \(kind) and unique_key = any(\(words)) and state <> 'dead'
                """
            ]
        case .period(let period):
            // Marks those that this statement has taken, so that the next ones know them.
            let taker = Int64.random(in: .min ... .max)
            let present = SQL.present(now)
            column = "unique_key"
            (value, word, conflict) = ("word || chr(1) || \(taker)::text", "split_part(unique_key, chr(1), 1)", "")
            condition =
                "exists (select from jobs.once where kind = \(kind) and once.word = given.word and taker = \(taker))"
            before = [
                """
                insert into jobs.once (kind, word, taker, until)
                select \(kind), word, \(taker), \(present) + \(period)
                from unnest(\(words)) with ordinality as given (word, place) order by place
                on conflict (kind, word) do update set taker = excluded.taker, until = excluded.until, job = null
                where once.until <= \(present)
                """
            ]
            after = [
                """
                update jobs.once set job = job.id from jobs.job
                where once.kind = \(kind) and once.word = any(\(words)) and once.taker = \(taker)
                    and job.kind = \(kind) and job.state <> 'dead'
                    and job.unique_key = once.word || chr(1) || \(taker)::text
                """, "select word, job from jobs.once where kind = \(kind) and word = any(\(words))",
            ]
        }
    }
}
