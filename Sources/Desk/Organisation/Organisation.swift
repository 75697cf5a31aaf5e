/// The structure of an organisation and the rules of its desk: what the organisation document says.
public struct Organisation: Hashable, Sendable {
    public let name: String
    /// The code of the site of those who say none and have none.
    public let defaultSite: String
    public let modules: [Module]
    public let tiers: [Tier]
    /// By code.
    public internal(set) var calendars: [String: CalendarDefinition]
    public let sites: [Site]
    public let teams: [Team]
    public let positions: [Position]
    public let people: [Person]
    public let categories: [Category]
    public let matrix: PriorityMatrix
    /// In order: of each measure the first that holds for a ticket counts.
    public let targets: [Target]
    public let routing: RoutingTable
    public let suppliers: [Supplier]
    public let process: ProcessRules
    /// In order: of the rules that hold for a ticket the first counts.
    public let shifts: [ShiftRule]
    /// What teams can ask to be told.
    public let needs: [Need]
    /// What the desk does by itself, and what a person does with one click.
    public let automation: Automation
    /// What work costs; nil where nobody says.
    public let rates: Rates?

    private let siteIndex: [String: Int]
    private let teamIndex: [String: Int]
    private let positionIndex: [String: Int]
    private let categoryIndex: [String: Int]
    private let supplierIndex: [String: Int]
    /// By the code of a site, the teams that work for it; by the code of a team, its positions.
    private let teamsOfSite: [String: [Int]]
    private let positionsOfTeam: [String: [Int]]

    init(
        name: String, defaultSite: String, modules: [Module], tiers: [Tier], calendars: [String: CalendarDefinition],
        sites: [Site], teams: [Team], positions: [Position], people: [Person], categories: [Category],
        matrix: PriorityMatrix, targets: [Target], routing: RoutingTable, suppliers: [Supplier],
        process: ProcessRules = ProcessRules(), shifts: [ShiftRule] = [], needs: [Need] = [],
        automation: Automation = Automation(), rates: Rates? = nil
    ) {
        self.name = name
        self.defaultSite = defaultSite
        self.modules = modules
        self.tiers = tiers
        self.calendars = calendars
        self.sites = sites
        self.teams = teams
        self.positions = positions
        self.people = people
        self.categories = categories
        self.matrix = matrix
        self.targets = targets
        self.routing = routing
        self.suppliers = suppliers
        self.process = process
        self.shifts = shifts
        self.needs = needs
        self.automation = automation
        self.rates = rates
        siteIndex = Self.index(sites, \.code)
        teamIndex = Self.index(teams, \.code)
        positionIndex = Self.index(positions, \.code)
        categoryIndex = Self.index(categories, \.code)
        supplierIndex = Self.index(suppliers, \.code)
        teamsOfSite = teams.enumerated().reduce(into: [:]) { index, team in
            for site in Set(team.element.sites) { index[site, default: []].append(team.offset) }
        }
        positionsOfTeam = Dictionary(grouping: positions.indices) { positions[$0].team }
    }

    private static func index<Value>(_ values: [Value], _ code: (Value) -> String) -> [String: Int] {
        Dictionary(values.enumerated().map { (code($1), $0) }) { first, _ in first }
    }

    public func site(_ code: String) -> Site? { siteIndex[code].map { sites[$0] } }
    public func team(_ code: String) -> Team? { teamIndex[code].map { teams[$0] } }
    public func position(_ code: String) -> Position? { positionIndex[code].map { positions[$0] } }
    public func category(_ code: String) -> Category? { categoryIndex[code].map { categories[$0] } }
    public func supplier(_ code: String) -> Supplier? { supplierIndex[code].map { suppliers[$0] } }
}

extension Organisation {
    /// The code of the calendar by which a team works: its own, or that of its home site.
    public func calendar(of team: Team) -> String {
        team.calendar ?? team.sites.first.flatMap { site($0)?.calendar } ?? ""
    }

    /// The position that takes a team's new tickets: the first that leads nobody.
    public func workingPosition(of team: Team) -> Position? {
        let own = (positionsOfTeam[team.code] ?? []).lazy.map { positions[$0] }
        return own.first { !$0.leads } ?? own.first
    }

    /// The positions whose holders a team's tickets are shared among: those that lead nobody, if there are any.
    public func workingPositions(of team: Team) -> [Position] {
        let own = (positionsOfTeam[team.code] ?? []).map { positions[$0] }
        let working = own.filter { !$0.leads }
        return working.isEmpty ? own : working
    }

    /// The teams that can have a site's tickets of a tier, with the sites they have them at: those of the site itself,
    /// or where it does not staff the tier, those of the sites that serve it, the nearest first.
    ///
    /// A confidential team is not among them unless its skill is asked for: nobody's ticket goes out of sight for want
    /// of a better team.
    public func teams(ofTier tier: Int, skill: String? = nil, at site: String) -> [(team: Team, site: String)] {
        let own = teams(ofTier: tier, skill: skill, workingFor: site)
        if !own.isEmpty { return own }
        return (self.site(site)?.servedBy ?? []).flatMap { teams(ofTier: tier, skill: skill, workingFor: $0) }
    }

    /// The teams of a tier that work for a site and have the skill; without one, those that are not confidential.
    func teams(ofTier tier: Int, skill: String?, workingFor site: String) -> [(team: Team, site: String)] {
        (teamsOfSite[site] ?? []).compactMap { index in
            let team = teams[index]
            let isAble = skill.map { team.skills.contains($0) } ?? !team.isConfidential
            return team.tier == tier && isAble ? (team, site) : nil
        }
    }

    /// The site whose desk reads the mail of an address.
    public func site(receiving address: String) -> Site? {
        let address = address.lowercased()
        return sites.first { $0.addresses.contains(address) }
    }

    /// The suppliers that take tickets of a category and of a site; of either all where it is not known.
    public func suppliers(for category: String?, at site: String? = nil) -> [Supplier] {
        suppliers.filter { supplier in
            let isInCategory = category.map { isPart($0, ofAny: supplier.categories) } ?? true
            let isAtSite = site.map(supplier.sites.contains) ?? true
            return (supplier.categories.isEmpty || isInCategory) && (supplier.sites.isEmpty || isAtSite)
        }
    }

    /// Whether a category is one of some, or part of one of them.
    public func isPart(_ category: String, ofAny wholes: [String]) -> Bool {
        lineage(of: category).contains(where: wholes.contains)
    }

    /// A category and those that it is part of, the nearest first.
    public func lineage(of category: String) -> [String] {
        var found = [category]
        while let parent = found.last.flatMap({ self.category($0)?.parent }), !found.contains(parent) {
            found.append(parent)
        }
        return found
    }
}
