import Moments
import Postgres

extension DeskStore {
    /// Counts one more use of a limited thing and says whether it is still within its limit for the hour.
    ///
    /// - Parameter key: what is limited and for whom, such as `sign-in:anna@norrsken.example`.
    public func allows(_ key: String, atMost limit: Int) async throws -> Bool {
        let now = now
        let hour = Moment(seconds: now.seconds - now.seconds % 3600)
        let count = try await database.first(
            """
            insert into throttle (key, hour, count) values (\(key), \(hour), 1)
            on conflict (key, hour) do update set count = throttle.count + 1 returning count
            """, as: Int32.self)
        return (count ?? 0) <= limit
    }
}
