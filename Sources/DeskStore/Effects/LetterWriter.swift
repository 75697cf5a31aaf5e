import Desk
import Jobs
import Moments
import Postgres

extension Audience {
    /// How columns name whom a letter is for.
    var columns: (kind: String, subject: Int64?) {
        switch self {
        case .requester: ("requester", nil)
        case .person(let id): ("person", id.rawValue)
        case .position(let id): ("position", id.rawValue)
        case .leads(let id): ("leads", id.rawValue)
        case .team(let id): ("team", id.rawValue)
        case .managers(let site): ("managers", site?.rawValue)
        case .followers: ("followers", nil)
        }
    }
}

/// A letter that is to be owed.
struct OwedWord: Sendable {
    let letter: Letter
    let audience: Audience
    let ticket: Ticket
    let entry: EntryID?
    /// The code of the site whose lane sends it.
    let site: String
    /// The instant of the event that it tells of.
    let at: Moment

    /// - Parameter moment: nil for the instant of the ticket's last event.
    init(
        _ letter: Letter, to audience: Audience, about ticket: Ticket, entry: EntryID?, sent site: String,
        at moment: Moment? = nil
    ) {
        (self.letter, self.audience, self.ticket) = (letter, audience, ticket)
        (self.entry, self.site) = (entry, site)
        at = moment ?? ticket.updatedAt
    }
}

extension Transaction {
    /// Writes down that letters are owed and leaves the sending to whoever sends.
    ///
    /// - Parameter keys: one for each of them.
    borrowing func owe(_ words: [OwedWord], as keys: [Int64]) throws {
        if words.isEmpty { return }
        let columns = words.map(\.audience.columns)
        later(
            """
            insert into letter (id, uuid, ticket, entry, kind, audience, subject, written_at)
            select id, gen_random_uuid(), ticket, entry, kind, audience, subject, at
            from unnest(\(keys), \(words.map(\.ticket.id)), \(words.map(\.entry)), \(words.map(\.letter)),
                \(columns.map(\.kind)), \(columns.map(\.subject)), \(words.map(\.at)))
                as word (id, ticket, entry, kind, audience, subject, at)
            """)
        let letters = Dictionary(grouping: zip(keys, words)) { Sending(site: $1.site, priority: $1.letter.priority) }
        for (sending, letters) in letters {
            let jobs = letters.map { SendLetter(letter: $0.0) }
            try enqueueLater(contentsOf: jobs, site: sending.site, priority: sending.priority)
        }
    }
}

/// What letters have in common that are left to the senders in one statement.
private struct Sending: Hashable {
    let site: String
    let priority: JobPriority
}

extension Letter {
    /// Thousands of deadlines may come in one minute; whoever writes to somebody does not wait behind them.
    fileprivate var priority: JobPriority {
        switch self {
        case .deadlineNear, .deadlineMissed: .low
        default: .normal
        }
    }
}
