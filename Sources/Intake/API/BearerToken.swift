import HTTP
import Secrets

/// The token in a request's Authorization field (RFC 6750 section 2.1).
enum BearerToken {
    /// What is looked up of the token: its SHA-256.
    ///
    /// - Throws: `Problem` 401 where there is none, or one that cannot be ours.
    static func digest(in request: Request) throws(Problem) -> [UInt8] {
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
    static var unknown: Problem {
        refusal("This token is not known, or is valid no longer. Check it, or ask for another.", error: "invalid_token")
    }

    private static func refusal(_ detail: String, error: String?) -> Problem {
        let challenge = "Bearer realm=\"api\"" + (error.map { ", error=\"\($0)\"" } ?? "")
        return Problem(.unauthorized, detail: detail, fields: [.wwwAuthenticate: challenge])
    }
}
