import FoundationEssentials
import Postgres

/// One life of a worker process. It is random and never used again, so a host's name or a process's number can repeat.
struct WorkerID: RawRepresentable, Hashable, Sendable, PostgresValue, CustomStringConvertible {
    let rawValue: UUID

    init(rawValue: UUID) {
        self.rawValue = rawValue
    }

    init() {
        rawValue = UUID()
    }

    var description: String { rawValue.uuidString.lowercased() }
}
