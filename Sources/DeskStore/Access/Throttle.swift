public import Moments
public import Postgres

extension DeskStore {
    /// Counts one more use of a limited thing and says whether it is still within its limit for the hour. It is not
    /// waited for until the count is on disk: a crash may forget the last ones.
    ///
    /// - Parameter key: what is limited and for whom, such as `sign-in:anna@norrsken.example`.
    public func allows(_ key: String, atMost limit: Int) async throws -> Bool {
        let count = try await database.first(.oneMore(of: key, at: now, one: .oneInHaste), as: Int32.self)
        return (count ?? 0) <= limit
    }
}

extension Transaction {
    /// Counts one more of a limited thing and says how many there were in the hour; none if the transaction fails.
    public borrowing func count(_ count: MailCount, at now: Moment) async throws -> Int {
        Int(try await first(.oneMore(of: count.key, at: now), as: Int32.self) ?? 0)
    }

    /// How many there were in the hour.
    public borrowing func counted(_ count: MailCount, at now: Moment) async throws -> Int {
        let sofar: SQL = "select count from throttle where key = \(count.key) and hour = \(now.hour)"
        return Int(try await first(sofar, as: Int32.self) ?? 0)
    }
}

extension Moment {
    /// Its hour of UTC.
    fileprivate var hour: Moment { Moment(seconds: seconds - seconds % 3600) }
}

extension SQL {
    /// The number one, whose transaction is not waited for until it is on disk.
    static let oneInHaste: SQL = "case set_config('synchronous_commit', 'off', true) when 'off' then 1 end"

    /// - Parameters:
    ///   - one: the number one, and what else its making does.
    ///   - condition: on what it is counted.
    static func oneMore(of key: String, at now: Moment, one: SQL = "1", where condition: SQL = "") -> SQL {
        """
        insert into throttle (key, hour, count) select \(key), \(now.hour), \(one) \(condition)
        on conflict (key, hour) do update set count = throttle.count + 1 returning count
        """
    }
}
