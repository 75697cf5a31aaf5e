import DeskStore
import DeskWeb
import HTTP

/// A program whose token lets it read figures.
struct FiguresClient: Sendable {
    /// What the token must allow.
    static let right = TokenScope.readFigures.rawValue

    let reach: Reach

    /// Lets the program in.
    ///
    /// - Throws: `Problem` 401 without a valid token, 403 where it does not allow this; `DatabaseError`.
    init(_ request: Request, _ store: DeskStore) async throws {
        let token = try await BearerToken.record(behind: request, in: store)
        guard token.scopes.contains(Self.right) else { throw BearerToken.lacks(Self.right) }
        reach = Reach(sites: token.site.map { [$0] })
    }
}
