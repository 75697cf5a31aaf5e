import Desk
import Foundation
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

extension Transaction {
    /// Writes down that a letter is owed and leaves the sending to whoever sends.
    borrowing func owe(
        _ letter: Letter, as id: Int64, to audience: Audience, about ticket: Ticket, entry: EntryID?, sent site: String
    ) throws {
        let (kind, subject) = audience.columns
        later(
            """
            insert into letter (id, uuid, ticket, entry, kind, audience, subject, written_at)
            values (\(id), \(UUID()), \(ticket.id), \(entry), \(letter), \(kind), \(subject), \(ticket.updatedAt))
            """)
        try enqueueLater(SendLetter(letter: id), site: site)
    }
}
