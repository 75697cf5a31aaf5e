import DeskStore
import DeskWeb
import HTTP

/// A program whose token lets it read figures.
struct FiguresClient: Sendable {
    /// What the token must allow.
    static let right = TokenScope.readFigures.rawValue

    let reach: Reach
    /// What every answer tells of the quota of its token.
    let quota: Fields

    /// Lets the program in.
    ///
    /// - Throws: `Problem` 401 without a valid token, 429 where its quota is used up, 403 where it does not allow this;
    ///   `DatabaseError`.
    init(_ request: Request, _ store: DeskStore, _ rates: TokenRates) async throws {
        let token = try await BearerToken.record(behind: request, in: store)
        quota = try await rates.admit(token)
        guard token.scopes.contains(Self.right) else { throw BearerToken.lacks(Self.right) }
        reach = Reach(sites: token.site.map { [$0] })
    }
}
