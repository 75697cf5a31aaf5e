import Desk
import DeskStore
import Postgres

/// The sites whose figures somebody may read: tickets that came in there, or are there.
struct Reach: Sendable, Hashable {
    /// All of them if nil.
    let sites: [SiteID]?

    static let everywhere = Reach(sites: nil)

    init(sites: [SiteID]?) { self.sites = sites }

    /// Those at which a person leads, manages or administers.
    init(_ rights: Rights) {
        let grants = rights.grants.filter { $0.role != .agent }
        sites = grants.contains { $0.site == nil } ? nil : Set(grants.compactMap(\.site)).sorted()
    }

    /// Holds for the tickets `t` that are in reach.
    var condition: SQL {
        guard let sites = sites?.map(\.rawValue) else { return "true" }
        return "(t.origin = any (\(sites)) or t.site = any (\(sites)))"
    }
}
