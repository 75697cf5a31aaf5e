import Postgres

/// Jobs of one key run one at a time in the order of their turns. Whoever adds a job to a key or takes one away first
/// locks the key, and only then, in a later statement, looks at its jobs: so each sees what the other did, and no job
/// is left waiting behind one that is gone.
extension SQL {
    /// Takes the key's lock until the end of the transaction, and the key's next turn.
    ///
    /// It inserts where there is no row, so that it also meets a transaction that has made the key and not yet
    /// committed.
    static func lock(key: String) -> SQL {
        "insert into jobs.key (key) values (\(key)) on conflict (key) do update set turn = jobs.key.turn + 1"
    }

    /// Lets the first of the key's jobs come forward, unless it has.
    static func promote(key: String) -> SQL {
        .wakingUp(
            """
            update jobs.job set state = 'ready'
            where state = 'behind'
                and id = (select id from jobs.job where key = \(key) and turn is not null order by turn limit 1)
            returning lane::text as woken
            """)
    }

    /// Removes the key's lock if no job needs it any more.
    static func forget(key: String) -> SQL {
        """
        delete from jobs.key
        where key = \(key) and not exists (select from jobs.job where key = \(key) and turn is not null)
        """
    }
}
