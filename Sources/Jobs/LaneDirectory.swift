import Moments
import Postgres
import Synchronization

/// The lanes that a worker serves, as far as it has seen them. New ones appear when their first job is left.
final class LaneDirectory: Sendable {
    private struct State {
        var lanes: [Int32: Lane] = [:]
        var served: [JobQueue: [Lane]] = [:]
        /// Of other sites, with jobs that spill over.
        var foreign: [JobQueue: [Lane]] = [:]
        var workforces: [Workforce] = []
    }

    private let sites: Set<String>?
    private let state = Mutex(State())

    /// - Parameter sites: the sites whose jobs are served beside those of no site; every site if nil.
    init(sites: Set<String>?) {
        self.sites = sites
    }

    /// Reads the lanes anew.
    ///
    /// - Parameter now: the present, for tests and simulations.
    func refresh(from database: Database, now: Moment? = nil) async throws {
        let answers = try await database.pipeline([
            .alongIndexes, Query<Lane>.served(now: now).sql, Query<Workforce>.alive(now: now).sql,
        ])
        let lanes = try answers[1].rows(of: Lane.self)
        let workforces = try answers[2].rows(of: Workforce.self)
        state.withLock { state in
            state.workforces = workforces
            state.lanes = Dictionary(uniqueKeysWithValues: lanes.map { ($0.id, $0) })
            state.served = Dictionary(grouping: lanes.filter(serves), by: \.queue.whole)
            state.foreign = Dictionary(
                grouping: lanes.filter { !serves($0) && $0.spill != nil }, by: \.queue.whole)
        }
    }

    /// The numbers of a queue's lanes that are served here.
    ///
    /// - Parameter isLimited: those of its groups that have a limit, or the others.
    func lanes(of queue: JobQueue, isLimited: Bool = false) -> [Int32] {
        state.withLock { ($0.served[queue] ?? []).filter { $0.isLimited == isLimited }.map(\.id) }
    }

    /// The lanes of other sites from which jobs of a queue spill over, and how long those have been due.
    func foreign(of queue: JobQueue, isLimited: Bool) -> [(lane: Int32, wait: Duration)] {
        state.withLock { state in
            (state.foreign[queue] ?? []).filter { $0.isLimited == isLimited }.map { ($0.id, $0.spill ?? .zero) }
        }
    }

    /// The lane of a number, if it has been seen.
    func lane(_ id: Int32) -> Lane? {
        state.withLock { $0.lanes[id] }
    }

    /// How many workers there are for a lane.
    func workers(serving lane: Lane) -> Int {
        state.withLock { $0.workforces.reduce(0) { $0 + $1.count(serving: lane) } }
    }

    /// Whether jobs of a lane are for this worker's sites.
    func serves(_ lane: Lane) -> Bool {
        guard let sites, let site = lane.site else { return true }
        return sites.contains(site)
    }
}
