public import Moments
public import Postgres

extension DeskStore {
    /// Counts one more use of a limited thing and says whether it is still within its limit for the hour. It is not
    /// waited for until the count is on disk: a crash may forget the last ones.
    ///
    /// - Parameter key: what is limited and for whom, such as `sign-in:anna@norrsken.example`.
    public func allows(_ key: String, atMost limit: Int) async throws -> Bool {
        let one: SQL = "case set_config('synchronous_commit', 'off', true) when 'off' then 1 end"
        let count = try await database.first(.oneMore(of: key, at: now, one: one), as: Int32.self)
        return (count ?? 0) <= limit
    }
}

extension Transaction {
    /// Counts one more of a limited thing and says how many there were in the hour; none if the transaction fails.
    public borrowing func count(_ key: String, at now: Moment) async throws -> Int {
        Int(try await first(.oneMore(of: key, at: now), as: Int32.self) ?? 0)
    }
}

extension SQL {
    /// - Parameter one: the number one, and what else its making does.
    fileprivate static func oneMore(of key: String, at now: Moment, one: SQL = "1") -> SQL {
        let hour = Moment(seconds: now.seconds - now.seconds % 3600)
        return """
            insert into throttle (key, hour, count) values (\(key), \(hour), \(one))
            on conflict (key, hour) do update set count = throttle.count + 1 returning count
            """
    }
}
