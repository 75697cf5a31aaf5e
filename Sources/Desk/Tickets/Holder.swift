/// Where inside the desk a ticket is: a team, at the site it acts for, on its tier of support.
public struct Place: Hashable, Sendable {
    public var site: SiteID
    /// 1 is the first line; there may be any number of them (S61).
    public var tier: Int
    public var team: TeamID

    public init(site: SiteID, tier: Int, team: TeamID) {
        (self.site, self.tier, self.team) = (site, tier, team)
    }
}

/// Who has a ticket now, and therefore whose time is running.
public enum Holder: Hashable, Sendable {
    case team(Place)
    case supplier(SupplierID)
    case requester

    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case team
        case supplier
        case requester
    }

    public var kind: Kind {
        switch self {
        case .team: .team
        case .supplier: .supplier
        case .requester: .requester
        }
    }

    /// The supplier, where one holds the ticket.
    public var supplier: SupplierID? {
        guard case .supplier(let supplier) = self else { return nil }
        return supplier
    }
}

/// Who answers for a ticket inside the desk: always a position, perhaps a person who holds it (S33, S41).
public struct Responsibility: Hashable, Sendable {
    public var place: Place
    public var position: PositionID
    public var person: PersonID?
    /// Whether only the team itself may see its tickets.
    public var isConfidential: Bool

    public init(place: Place, position: PositionID, person: PersonID? = nil, isConfidential: Bool = false) {
        self.place = place
        self.position = position
        self.person = person
        self.isConfidential = isConfidential
    }
}
