import Desk
import DeskStore
import Foundation
import JSON
import Moments

/// Events of a ticket as the API tells of them: with codes, addresses and identities where the log has internal keys.
struct EventJSON {
    private let directory: Directory
    private let addresses: [PersonID: String]
    private let entries: [EntryID: String]
    private let articles: [ArticleID: String]
    private let tickets: [TicketID: TicketNumber]

    /// - Parameter tickets: the other tickets that the events name, where the client sees them.
    init(
        _ view: TicketView, people: [PersonRecord], articles: [TicketArticle], tickets: [TicketID: TicketNumber]
    ) {
        self.articles = Dictionary(articles.map { ($0.article, $0.uuid.uuidString.lowercased()) }) { first, _ in first }
        self.tickets = tickets
        directory = view.directory
        addresses = Dictionary(people.map { ($0.id, $0.address) }) { first, _ in first }
        entries = Dictionary(view.entries.map { ($0.id, $0.uuid.uuidString.lowercased()) }) { first, _ in first }
    }

    /// Everybody whom the events of a ticket name.
    static func people(in view: TicketView) -> Set<PersonID> {
        var people: Set<PersonID> = []
        for line in view.log {
            if case .person(let person) = line.recorded.actor { people.insert(person) }
            for name in ["person", "requester", "into"] {
                if let key = line.recorded.event.data[name]?.integer { people.insert(PersonID(key)) }
            }
        }
        return people
    }

    /// Every other ticket that the events of a ticket name.
    static func tickets(in view: TicketView) -> [TicketID] {
        view.log.compactMap { $0.recorded.event.data["ticket"]?.integer.map { TicketID($0) } }
    }

    func json(_ line: LogLine) -> JSON {
        let recorded = line.recorded
        return .object([
            "revision": line.revision, "at": recorded.at, "kind": recorded.event.kind.rawValue,
            "actor": actor(recorded.actor, rule: line.rule), "cause": line.cause, "data": outside(recorded.event.data),
        ])
    }

    /// Who did it; a rule goes by its name, as `automation`.
    private func actor(_ actor: Ticket.Actor, rule: String?) -> JSON {
        if let rule { return .object(["kind": "automation", "name": rule]) }
        let name: String? =
            switch actor {
            case .person(let person): addresses[person]
            case .supplier(let supplier): directory.suppliers.code(of: supplier)
            case .program, .token: nil
            }
        return .object(["kind": actor.kind.rawValue, "name": name])
    }

    /// The details of an event with every internal key replaced.
    private func outside(_ data: JSON) -> JSON {
        guard let object = data.object else { return data }
        return .object(JSONObject(object.map { ($0.name, outside($0.name, $0.value)) }))
    }

    private func outside(_ name: String, _ value: JSON) -> JSON {
        guard let key = value.integer else { return value }
        switch name {
        case "origin", "site": return directory.code(of: SiteID(key)).json
        case "team": return directory.teams.code(of: TeamID(key)).json
        case "position", "owner": return directory.positions.code(of: PositionID(key)).json
        case "category": return directory.categories.code(of: CategoryID(key)).json
        case "supplier", "client": return directory.suppliers.code(of: SupplierID(key)).json
        case "person", "requester", "into": return addresses[PersonID(key)].json
        case "article", "draft": return articles[ArticleID(key)].json
        case "ticket": return tickets[TicketID(key)]?.description.json ?? .null
        case "entry", "note", "question", "answer", "reason": return entries[EntryID(key)].json
        default: return value
        }
    }
}
