import Postgres
import Synchronization

/// The lanes that a worker serves, as far as it has seen them. New ones appear when their first job is left.
final class LaneDirectory: Sendable {
    private struct State {
        var lanes: [Int32: Lane] = [:]
        var served: [JobQueue: [Int32]] = [:]
    }

    private let sites: Set<String>?
    private let state = Mutex(State())

    /// - Parameter sites: the sites whose jobs are served beside those of no site; every site if nil.
    init(sites: Set<String>?) {
        self.sites = sites
    }

    /// Reads the lanes anew.
    func refresh(from database: Database) async throws {
        let lanes = try await database.all(Query<Lane>.everyOne)
        state.withLock { state in
            state.lanes = Dictionary(uniqueKeysWithValues: lanes.map { ($0.id, $0) })
            state.served = Dictionary(grouping: lanes.filter(serves), by: \.queue).mapValues { $0.map(\.id) }
        }
    }

    /// The numbers of a queue's lanes that are served here.
    func lanes(of queue: JobQueue) -> [Int32] {
        state.withLock { $0.served[queue] ?? [] }
    }

    /// The lane of a number, if it has been seen.
    func lane(_ id: Int32) -> Lane? {
        state.withLock { $0.lanes[id] }
    }

    /// Whether jobs of a lane are for this worker's sites.
    func serves(_ lane: Lane) -> Bool {
        guard let sites, let site = lane.site else { return true }
        return sites.contains(site)
    }
}
