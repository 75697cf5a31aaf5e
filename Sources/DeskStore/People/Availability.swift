public import Desk
public import Moments
public import Postgres

/// What somebody of the desk says of himself: whether he is there for tickets and for calls.
public struct Availability: Sendable, Equatable {
    public enum State: String, CaseIterable, Sendable, PostgresValue {
        case available
        /// There, and not to be given more.
        case busy
        case away
    }

    public let state: State
    public let since: Moment?
    /// When it ends by itself.
    public let until: Moment?

    /// Who has said nothing is there.
    public static let standard = Availability(state: .available, since: nil, until: nil)
}

extension Availability {
    static func asked(of person: PersonID, at now: Moment, in batch: inout Batch) -> Pending<Availability> {
        batch.first(
            """
            select state, since, until from availability
            where person = \(person) and since <= \(now) order by since desc limit 1
            """, as: (State, Moment, Moment?).self
        ).map { row in
            guard let (state, since, until) = row, until.map({ $0 > now }) ?? true else { return .standard }
            return Availability(state: state, since: since, until: until)
        }
    }
}

extension SQL {
    /// The state of a person that holds at an instant, as a subquery; null where he has said nothing, or it has ended.
    ///
    /// - Parameter person: what names him, such as a column.
    static func availability(of person: SQL, now: Moment) -> SQL {
        """
        select case when v.until is null or v.until > \(now) then v.state end from availability v
        where v.person = \(person) and v.since <= \(now) order by v.since desc limit 1
        """
    }
}

extension DeskStore {
    public func availability(of person: PersonID) async throws -> Availability {
        var batch = Batch()
        let availability = Availability.asked(of: person, at: now, in: &batch)
        return try await ask(batch)[availability]
    }

    /// Sets what holds from now on.
    ///
    /// - Parameter until: when it ends by itself; nil if only he ends it, or if it is not in the future.
    public func setAvailability(_ state: Availability.State, of person: PersonID, until: Moment? = nil) async throws {
        let end = until.flatMap { $0 > now ? $0 : nil }
        try await database.run(
            """
            insert into availability (person, since, state, until) values (\(person), \(now), \(state), \(end))
            on conflict (person, since) do update set state = excluded.state, until = excluded.until
            """)
    }
}
