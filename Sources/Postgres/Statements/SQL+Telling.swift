extension SQL {
    /// The statement, and notifications that are sent once it has been committed: never where it is rolled back, and
    /// never where the commit's answer was lost.
    ///
    /// They are sent behind the commit and not within it, as `pg_notify` would, which has the server's commits wait for
    /// one another until each is on disk. What is committed by a process that ends in that moment is told to nobody:
    /// whoever listens must also look every now and then.
    /// - Parameters:
    ///   - channel: the channel of the notifications.
    ///   - column: the name of the column of the statement's rows that holds their payloads: texts of fewer than 8,000
    ///     bytes, or null for none. Equal ones are sent once, in any order.
    public func telling(_ channel: String, column: String) -> SQL {
        var statement = self
        statement.telling = Telling(channel: channel, column: column)
        return statement
    }

    /// Sends notifications.
    static func notify(_ news: Set<Notification>) -> SQL {
        """
        select pg_notify(channel, payload)
        from unnest(\(news.map(\.channel)), \(news.map(\.payload))) as news (channel, payload)
        """
    }
}

/// Where the payloads of a statement's notifications stand, and where they go.
struct Telling: Sendable {
    let channel: String
    let column: String
}
