public import Desk
public import DeskStore
import DeskWeb
public import HTTP

/// A program that has shown a token: what the token allows, and where.
public struct APIClient: Sendable {
    public let id: AccessTokenID
    public let scopes: Set<String>
    /// The only site that it may act at; nil for all.
    public let site: SiteID?
    /// Whose tickets it sees.
    public let sight: Sight
    /// The organisation in force as it came in.
    let directory: Directory
    /// What every answer tells of the quota of its token.
    public let quota: Fields

    init(
        id: AccessTokenID, scopes: Set<String>, site: SiteID?, sight: Sight, directory: Directory,
        quota: Fields = Fields()
    ) {
        (self.id, self.scopes, self.site, self.sight, self.quota) = (id, scopes, site, sight, quota)
        self.directory = directory
    }

    public var actor: Ticket.Actor { .token(id) }

    /// Turns the client away unless its token allows this.
    func require(_ right: TokenScope) throws(Problem) {
        let isImplied = right == .readArticles && scopes.contains(TokenScope.readTickets.rawValue)
        guard !scopes.contains(right.rawValue), !isImplied else { return }
        throw BearerToken.lacks(right.rawValue)
    }
}
