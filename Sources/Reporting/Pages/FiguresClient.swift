import DeskStore
import HTTP
import Secrets

/// A program whose token lets it read figures.
struct FiguresClient: Sendable {
    /// What the token must allow.
    static let right = "figures:read"

    let reach: Reach

    /// Lets the program in.
    ///
    /// - Throws: `Problem` 401 without a valid token, 403 where it does not allow this; `DatabaseError`.
    init(_ request: Request, _ store: DeskStore) async throws {
        let words = request.fields[.authorization]?.split(separator: " ") ?? []
        guard words.count == 2, words[0].lowercased() == "bearer" else {
            throw Self.refusal("Send a token: Authorization: Bearer mer_…")
        }
        guard let shown = Secrets.APIToken(words[1]), let token = try await store.token(digest: shown.digest.bytes)
        else {
            throw Self.refusal("This token is not known, or is valid no longer. Check it, or ask for another.")
        }
        guard token.scopes.contains(Self.right) else {
            throw Problem(
                .forbidden, detail: "This token does not allow \(Self.right). Ask for one that does.",
                fields: [
                    .wwwAuthenticate: "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"\(Self.right)\""
                ])
        }
        reach = Reach(sites: token.site.map { [$0] })
    }

    private static func refusal(_ detail: String) -> Problem {
        Problem(.unauthorized, detail: detail, fields: [.wwwAuthenticate: "Bearer realm=\"api\""])
    }
}
