import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// Which tickets the queue shows, as the address of the page says it.
struct QueueFilter {
    enum Choice: String, CaseIterable {
        case all
        case mine
        case teams
        case untaken
        case offered
        case asked
        case callbacks
        case owned

        var phrase: Catalogue.Phrase {
            switch self {
            case .all: .filterAllOpen
            case .mine: .filterMine
            case .teams: .filterMyTeams
            case .untaken: .filterUntaken
            case .offered: .filterOffered
            case .asked: .filterAsked
            case .callbacks: .filterCallbacks
            case .owned: .filterOwned
            }
        }
    }

    var choice = Choice.all
    var site = ""
    var team = ""
    var state: Ticket.State?
    var after: WorkloadPlace?

    init(_ query: Query) {
        choice = query["show"].flatMap(Choice.init) ?? .all
        (site, team) = (query["site"] ?? "", query["team"] ?? "")
        state = query["state"].flatMap(Ticket.State.init)
        after = query["after"].flatMap { WorkloadPlace(text: $0) }
    }

    var isNarrow: Bool { choice != .all || !site.isEmpty || !team.isEmpty || state != nil }

    func filter(for agent: Agent, _ directory: Directory) -> TicketFilter {
        var filter = TicketFilter()
        filter.site = directory.sites[site]
        filter.team = directory.teams[team]
        filter.states = state.map { [$0] } ?? []
        // Who holds no position has no team, and then no ticket is with it.
        let teams = agent.rights.teams.isEmpty ? [TeamID(0)] : agent.rights.teams
        switch choice {
        case .all: break
        case .mine: filter.person = agent.person.id
        case .teams: filter.teams = teams
        case .untaken: filter.isUntaken = true
        case .offered: filter.offeredTo = teams
        case .asked: filter.askedOf = teams
        case .callbacks: (filter.teams, filter.hasCallback) = (teams, true)
        case .owned: filter.owners = agent.rights.positions.isEmpty ? [PositionID(0)] : agent.rights.positions
        }
        return filter
    }

    func link(after place: WorkloadPlace?, at page: Link = "/desk") -> Link {
        page.adding(query: [
            "show": choice == .all ? nil : choice.rawValue, "site": site.isEmpty ? nil : site,
            "team": team.isEmpty ? nil : team, "state": state?.rawValue, "after": place?.text,
        ])
    }
}
