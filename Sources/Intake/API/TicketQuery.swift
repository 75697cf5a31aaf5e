import Desk
import DeskStore
import HTTP
import Moments

/// What a list of tickets is asked for in its query string.
struct TicketQuery {
    var filter = TicketFilter()
    /// The address of the requester, who is looked up before the list is read.
    private(set) var requester: String?
    private(set) var before: TicketID?
    private(set) var limit = 50
    private let query: Query

    /// - Throws: `Problem` 400 that names everything that is wrong.
    init(_ query: Query, in directory: Directory, cursors: PageCursor) throws(Problem) {
        self.query = query
        var faults: [String] = []
        for pair in query.pairs {
            if pair.name == "cursor" {
                before = try cursors.ticket(in: pair.value)
            } else if let fault = take(pair.name, pair.value, in: directory) {
                faults.append("\(pair.name) \(fault)")
            }
        }
        try ListQuery.refuse(faults)
    }

    /// Takes one pair; tells what is wrong with it.
    private mutating func take(_ name: String, _ value: String, in directory: Directory) -> String? {
        func known<Key>(_ key: Key?, _ set: (Key) -> Void) -> String? {
            guard let key else { return "names nothing that this desk has" }
            set(key)
            return nil
        }
        switch name {
        case "site": return known(directory.sites[value]) { filter.site = $0 }
        case "team": return known(directory.teams[value]) { filter.team = $0 }
        case "tag":
            guard Changes.isTag(value) else { return "must be a tag such as vpn" }
            filter.tag = value
        case "category": return known(directory.categories[value]) { filter.category = $0 }
        case "state":
            let words = value.split(separator: ",").map { Ticket.State(rawValue: String($0)) }
            guard !words.isEmpty, !words.contains(nil) else {
                return "must be of \(Ticket.State.allCases.map(\.rawValue).joined(separator: ", "))"
            }
            filter.states += words.compactMap(\.self)
        case "tier":
            guard let tier = Int(value), (1...99).contains(tier) else { return "must be a whole number from 1 to 99" }
            filter.tier = tier
        case "requester": requester = value
        case "updated_after":
            guard let moment = Moment(rfc3339: value) else { return "must be a time such as 2026-03-12T13:05:00Z" }
            filter.updatedAfter = moment
        case "q":
            return ListQuery.words(value) { filter.words = $0 }
        case "limit":
            return ListQuery.limit(value) { limit = $0 }
        default: return "is not something that tickets can be asked by"
        }
        return nil
    }

    /// The same query for the page behind a cursor.
    func link(after cursor: String) -> String { query.replacing("cursor", by: cursor).encoded }
}
