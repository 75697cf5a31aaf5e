/// Which statements a connection has prepared on its server, by text and types of parameters.
///
/// A pure value: it decides what to prepare and what to give up; the connection performs it.
struct StatementCache {
    struct Key: Hashable, Sendable {
        let text: String
        let types: [UInt32]
    }

    private struct Entry {
        let name: String
        var lastUse: Int
    }

    /// How many statements are kept. Statements whose text varies would otherwise fill the server's memory.
    let limit: Int
    private var entries: [Key: Entry] = [:]
    private var uses = 0
    private var namesGiven = 0

    init(limit: Int = 256) {
        self.limit = limit
    }

    /// The name under which the statement is prepared, if it is.
    mutating func name(of key: Key) -> String? {
        // One look-up: the key is as long as the statement.
        guard let place = entries.index(forKey: key) else { return nil }
        uses += 1
        entries.values[place].lastUse = uses
        return entries.values[place].name
    }

    /// A name that no statement of this connection has had.
    mutating func newName() -> String {
        namesGiven += 1
        return "m\(namesGiven)"
    }

    /// Notes that the server has prepared the statement; returns the name of one to give up, when there are too many.
    mutating func prepared(_ key: Key, as name: String) -> String? {
        uses += 1
        entries[key] = Entry(name: name, lastUse: uses)
        guard entries.count > limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
            return nil
        }
        entries[oldest.key] = nil
        return oldest.value.name
    }

    /// Forgets a statement that the server no longer knows or no longer accepts.
    mutating func forget(_ key: Key) -> String? {
        entries.removeValue(forKey: key)?.name
    }
}
