public import Desk
import Postgres
import Secrets

/// Whose eyes a transaction sees with: what row-level security lets through for the role of an intake gateway.
///
/// Workers and operators see by the policy of their database role, whatever stands here.
public struct Sight: Sendable, Hashable {
    /// Scopes (sites, confidential teams, suppliers) whose tickets are seen.
    public var scopes: [Int64]
    /// The person who sees the tickets asked for by himself.
    public var requester: PersonID?
    /// Teams whose own articles are read, beside those of the whole desk that whoever has scopes reads.
    public var teams: [TeamID]
    /// Whether mail of which no ticket knows is seen, as those see it who look after the whole desk.
    public var seesUnsortedMail = false
    /// A digest that says whose requests are seen that are written and not sent.
    public var visitor: [UInt8]?
    /// The suppliers whose windows are looked through, and nothing else: the eyes of their people.
    private var suppliers: [SupplierID]?

    public init(scopes: [Int64] = [], requester: PersonID? = nil, teams: [TeamID] = []) {
        self.scopes = scopes
        self.requester = requester
        self.teams = teams
    }

    /// A visitor of the portal, who sees what he has written there and not sent.
    public init(visitor: [UInt8]) {
        self.init()
        self.visitor = visitor
    }

    /// The people of suppliers in their portal, who see what their suppliers were told and have said.
    public init(portalOf suppliers: [SupplierID]) {
        self.init()
        self.suppliers = suppliers
    }

    /// A worker, a door before anybody is known, or an operator: nothing is added to what the role may see.
    public static let desk = Sight()

    /// The settings that the policies of the schema read, for the length of a transaction.
    var settings: [(String, String)] {
        if let suppliers { return Self.windows(of: suppliers) }
        var settings: [(String, String)] = []
        if !scopes.isEmpty {
            settings.append(("meridian.scopes", scopes.map(String.init).joined(separator: ",")))
        }
        if let requester { settings.append(("meridian.requester", String(requester.rawValue))) }
        if !teams.isEmpty { settings.append(("meridian.teams", teams.map(\.description).joined(separator: ","))) }
        if seesUnsortedMail { settings.append(("meridian.mail", "all")) }
        if let visitor { settings.append(("meridian.visitor", Hex.encode(visitor))) }
        return settings
    }

    /// Another role, to which a table's name means the window of that name in the schema `portal`.
    private static func windows(of suppliers: [SupplierID]) -> [(String, String)] {
        [
            ("meridian.suppliers", suppliers.map(\.description).joined(separator: ",")),
            ("search_path", "portal"), ("role", "meridian_portal"),
        ]
    }
}
