public import DeskStore
public import HTTP
import Secrets

/// The tokens with which programs come in (RFC 6750).
public enum BearerToken {
    /// The token in a request's Authorization field.
    ///
    /// - Throws: `Problem` 401 where there is none that is valid; `DatabaseError`.
    public static func record(behind request: Request, in store: DeskStore) async throws -> TokenRecord {
        guard let token = try await store.token(digest: digest(in: request)) else { throw unknown }
        return token
    }

    /// The same with the organisation in force, in one round trip.
    ///
    /// - Parameter ofSupplier: whether it must be one of a supplier's; otherwise it must be none.
    /// - Throws: `Problem` 401 where there is none that is valid; `NoOrganisation`, `DatabaseError`.
    public static func visit(
        behind request: Request, in store: DeskStore, ofSupplier: Bool = false
    ) async throws -> (token: TokenRecord, directory: Directory) {
        let digest = try digest(in: request)
        guard let visit = try await store.visit(token: digest, ofSupplier: ofSupplier) else { throw unknown }
        return visit
    }

    /// The refusal of a program whose token does not allow what it asks for.
    public static func lacks(_ scope: String) -> Problem {
        Problem(
            .forbidden, detail: "This token does not allow \(scope). Ask for one that does.",
            fields: [.wwwAuthenticate: "\(challenge), error=\"insufficient_scope\", scope=\"\(scope)\""])
    }

    /// What is looked up of the token: its SHA-256.
    private static func digest(in request: Request) throws(Problem) -> [UInt8] {
        guard let field = request.fields[.authorization] else {
            throw refusal("Send a token: Authorization: Bearer mer_…", error: nil)
        }
        let words = field.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer" else {
            throw refusal("Authorization must be of the form: Bearer mer_…", error: "invalid_request")
        }
        guard let token = APIToken(words[1]) else { throw unknown }
        return token.digest.bytes
    }

    /// The same answer for a mistyped, a revoked, an expired and an invented token.
    private static var unknown: Problem {
        refusal("This token is not known, or is valid no longer. Check it, or ask for another.", error: "invalid_token")
    }

    private static func refusal(_ detail: String, error: String?) -> Problem {
        let reason = error.map { ", error=\"\($0)\"" } ?? ""
        return Problem(.unauthorized, detail: detail, fields: [.wwwAuthenticate: challenge + reason])
    }

    private static let challenge = "Bearer realm=\"api\""
}
