import Postgres
import Runtime

extension Database {
    /// Lends a database to the body, and closes it however that ends.
    static func lend<Answer>(
        _ configuration: DatabaseConfiguration, loops: EventLoopGroup, log: Log = .silent,
        to body: (Database) async throws -> Answer
    ) async throws -> Answer {
        let database = Database(configuration, loops: loops, log: log)
        let result: Result<Answer, any Error>
        do { result = .success(try await body(database)) } catch { result = .failure(error) }
        await database.close()
        return try result.get()
    }
}
