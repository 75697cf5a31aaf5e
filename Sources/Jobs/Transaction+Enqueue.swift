import FoundationEssentials
public import Moments
public import Postgres
import Runtime

extension Transaction {
    /// Leaves a job. It exists for workers when, and only if, this transaction commits.
    ///
    /// - Parameters:
    ///   - due: the earliest moment to run it; at once if nil.
    ///   - site: the site whose workers run it; workers of every site if nil.
    ///   - group: the group of the queue's jobs that it is of, such as a supplier; groups can be limited and paused.
    ///   - key: jobs of one key run one at a time, in the order in which their transactions commit. One that is
    ///     scheduled for later takes its place in the order when it falls due. Transactions that leave jobs of the same
    ///     key wait for one another.
    ///   - unique: of jobs of this kind with the same word only one is kept until it is finished.
    ///   - priority: instead of the policy's.
    ///   - deadline: an attempt that has not begun by then is not made, and the job ends as expired.
    ///   - now: the present, for tests and simulations; the database's own time if nil.
    /// - Returns: the job's number; nil if `unique` found an unfinished job, and nothing was left.
    /// - Throws: ``ArgumentsTooLong``, `EncodingError` or `DatabaseError`.
    @discardableResult
    public borrowing func enqueue<J: Job>(
        _ job: J, at due: Moment? = nil, site: String? = nil, group: String? = nil, key: String? = nil,
        unique: String? = nil, priority: JobPriority? = nil, deadline: Moment? = nil, now: Moment? = nil,
        file: StaticString = #fileID,
        line: UInt = #line
    ) async throws -> JobID? {
        let leaving = try Enqueueing(
            J.self, [job], due: due, site: site, group: group, key: key, unique: unique, priority: priority,
            deadline: deadline,
            now: now)
        let answers = try await pipeline(leaving.statements, file: file, line: line)
        return try answers.last?.rows(as: (JobID, String?).self).first?.0
    }

    /// Leaves a job as `enqueue` does, without asking for its number: it travels with what the transaction sends next.
    ///
    /// - Throws: ``ArgumentsTooLong`` or `EncodingError`.
    public borrowing func enqueueLater<J: Job>(
        _ job: J, at due: Moment? = nil, site: String? = nil, key: String? = nil, unique: String? = nil,
        file: StaticString = #fileID, line: UInt = #line
    ) throws {
        let leaving = try Enqueueing(
            J.self, [job], due: due, site: site, key: key, unique: unique, priority: nil, now: nil)
        for statement in leaving.statements { later(statement, file: file, line: line) }
    }

    /// Leaves many jobs of one type as `enqueue` does, without asking for their numbers: they travel with what the
    /// transaction sends next.
    ///
    /// - Throws: ``ArgumentsTooLong`` or `EncodingError`.
    public borrowing func enqueueLater<J: Job>(
        contentsOf jobs: [J], site: String? = nil, priority: JobPriority? = nil, file: StaticString = #fileID,
        line: UInt = #line
    ) throws {
        guard !jobs.isEmpty else { return }
        let leaving = try Enqueueing(
            J.self, jobs, due: nil, site: site, key: nil, unique: nil, priority: priority, inOneRow: true, now: nil)
        for statement in leaving.statements { later(statement, file: file, line: line) }
    }

    /// Leaves many jobs of one type in a single statement.
    ///
    /// - Returns: their numbers, ascending.
    /// - Throws: ``ArgumentsTooLong``, `EncodingError` or `DatabaseError`.
    @discardableResult
    public borrowing func enqueue<J: Job>(
        contentsOf jobs: [J], at due: Moment? = nil, site: String? = nil, group: String? = nil,
        priority: JobPriority? = nil, deadline: Moment? = nil, now: Moment? = nil, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws -> [JobID] {
        guard !jobs.isEmpty else { return [] }
        let leaving = try Enqueueing(
            J.self, jobs, due: due, site: site, group: group, key: nil, unique: nil, priority: priority,
            deadline: deadline, inOneRow: true, now: now)
        let answers = try await pipeline(leaving.statements, file: file, line: line)
        return try answers.last?.rows(as: ([JobID], String?).self).first?.0.sorted() ?? []
    }
}

/// The arguments of a job are longer than the queue takes: put large things into a table and their key into the job.
public struct ArgumentsTooLong: Error, Hashable, CustomStringConvertible {
    public let kind: JobKind
    /// How many bytes they have as JSON.
    public let length: Int
    /// The most that are taken, in bytes.
    public static let limit = 256 << 10

    public var description: String {
        "the arguments of a job \(kind) have \(length) bytes and may have \(Self.limit): "
            + "put large things into a table and their key into the job"
    }
}

/// The statements that write jobs into the queue; the last one answers their numbers and wakes workers for those that
/// can be run at once.
struct Enqueueing {
    let statements: [SQL]

    /// - Parameter inOneRow: whether all numbers are answered as one array: a row for each would take longer to be sent
    ///   and read. For jobs without a key, which are all for the same workers.
    init<J: Job>(
        _ type: J.Type, _ jobs: [J], due: Moment?, site: String?, group: String? = nil, key: String?, unique: String?,
        priority: JobPriority?, deadline: Moment? = nil, words: WordClaim? = nil, inOneRow: Bool = false, now: Moment?
    ) throws {
        let arguments = try Self.encode(jobs)
        let context = Log.Context.current
        let policy = J.policy
        // A key's lock is taken in a statement before the one that looks at the key's other jobs, because a statement
        // sees only what was committed before it began.
        let turn: SQL =
            key == nil ? "null" : "case when due <= now then (select turn from jobs.key where key = \(key)) end"
        let state: SQL =
            key == nil
            ? "'ready'"
            : """
            case when due <= now and exists (select from jobs.job where key = \(key) and turn is not null)
                then 'behind' else 'ready' end
            """
        let conflict: SQL =
            unique == nil
            ? words?.conflict ?? ""
            : "on conflict (kind, unique_key) where unique_key is not null and state <> 'dead' do nothing"
        let column: SQL = words?.column ?? "unique_key"
        let value: SQL = words?.value ?? "\(unique)"
        let given: SQL =
            words.map {
                """
                rows from (json_array_elements(\(arguments)::json), unnest(\($0.words))) with ordinality
                    as given (arguments, word, place)
                """
            } ?? "json_array_elements(\(arguments)::json) as given (arguments)"
        let chosen: SQL = words.map { "where \($0.condition ?? "true") order by place" } ?? ""
        let known: SQL = words.map { ", \($0.word) as word" } ?? ""
        let lane: SQL = inOneRow ? "lane" : "lane::text"
        // A job that is enqueued now and due now is for whoever is free, unless it has to wait behind another.
        let insert: SQL = """
            insert into jobs.job (lane, kind, arguments, priority, state, due, key, turn, \(column),
                attempts_allowed, deadline, blocks_key, enqueued_at, traceparent, request_id)
            select \(Self.lane(J.queue.group(group), site ?? "")), \(J.kind), arguments,
                \(priority ?? policy.priority), \(state), due, \(key), \(turn), \(value), \(policy.attempts),
                \(deadline), \(policy.blocksKey), now, \(context?.trace?.traceparent), \(context?.requestID)
            from (select now, coalesce(\(due), now) as due
                from (select coalesce(\(now), clock_timestamp()) as now offset 0) present) moment,
                \(given)
            \(chosen) \(conflict)
            returning id, case when due <= enqueued_at and state = 'ready' then \(lane) end as woken\(known)
            """
        let all: SQL =
            inOneRow
            ? "with enqueued as (\(insert)) select array_agg(id), max(woken)::text as woken from enqueued" : insert
        statements = (key.map { [.lock(key: $0)] } ?? []) + [.wakingUp(all)]
    }

    /// The lane of a queue at a site; only one that is not there yet has to be made.
    private static func lane(_ queue: JobQueue, _ site: String) -> SQL {
        """
        coalesce((select id from jobs.lane where queue = \(queue) and site = \(site)), \
        jobs.lane(\(queue), \(site)))
        """
    }

    /// The arguments of all jobs as one array: to encode each by itself, and to take each apart in the server, takes
    /// longer.
    private static func encode<J: Job>(_ jobs: [J]) throws -> String {
        let encoder = JSONEncoder()
        let data = try encoder.encode(jobs)
        // Mostly all of them together are shorter than one may be, and then none is looked at.
        if data.count > ArgumentsTooLong.limit {
            for job in jobs {
                let length = try encoder.encode(job).count
                guard length <= ArgumentsTooLong.limit else { throw ArgumentsTooLong(kind: J.kind, length: length) }
            }
        }
        return String(decoding: data, as: UTF8.self)
    }
}
