import DeskStore
import Postgres
import Runtime
import Secrets
import TimeZones

extension DeskConnection {
    /// Lends the desk to the body, on an event loop.
    func withStore(_ body: @escaping @Sendable (DeskStore) async throws -> ExitStatus) async throws -> ExitStatus {
        try await withDatabase { database in
            try await body(DeskStore(database, timekeeper: SystemTime(), zones: TimeZones()))
        }
    }

    /// The keys under which secrets are sealed.
    func masterKeys() throws -> MasterKeys {
        var reader = reader
        let keys = reader.masterKeys()
        return try reader.finish { keys }
    }
}
