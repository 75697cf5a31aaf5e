import Postgres

/// By what a report is broken down.
enum Split: String, CaseIterable, Sendable {
    /// The site of origin, which never changes.
    case site
    /// Where the ticket is, or where it was last.
    case tier
    case team
    /// The last supplier that had the ticket.
    case supplier
    case kind
    case category

    /// What tickets `t` are grouped by.
    var column: SQL {
        switch self {
        case .site: "t.origin::text"
        case .tier: "t.tier::text"
        case .team: "t.team::text"
        case .supplier: "t.supplier::text"
        case .kind: "t.kind"
        case .category: "t.category::text"
        }
    }

    /// What tickets `t` are grouped by while they are in the leg `l`.
    var columnOfLeg: SQL {
        switch self {
        case .tier: "l.tier::text"
        case .team: "l.team::text"
        case .site, .supplier, .kind, .category: column
        }
    }
}
