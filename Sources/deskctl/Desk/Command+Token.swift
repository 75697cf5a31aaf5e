import Desk
import DeskStore
import JSON
import Moments
import Runtime
import Secrets

extension Command {
    static let tokenCreate = Command(
        words: ["token", "create"], summary: "Make a token for the API; it is shown once",
        options: [
            .value("--name", "NAME", "what it is for"), .values("--scopes", "SCOPE", "what it allows: \(scopeWords)"),
            .value("--site", "CODE", "the one site it is for"), .value("--days", "N", "how long it is good (365)"),
            .data,
            .json,
        ]
    ) { invocation in
        guard let name = invocation.value("--name"), !invocation.all("--scopes").isEmpty else {
            throw CommandFault(
                "a token needs a name and scopes.",
                advice: "deskctl token create --name monitoring --scopes tickets:read tickets:write", status: .usage)
        }
        let scopes = try scopes(invocation.all("--scopes"))
        let days = try invocation.number("--days", in: 1...3650) ?? 365
        return try await DeskConnection(invocation).withStore { store in
            var site: SiteID?
            if let code = invocation.value("--site") {
                site = try await store.directory().sites[code]
                guard site != nil else {
                    throw CommandFault("there is no site \(code).", advice: "deskctl export", status: .usage)
                }
            }
            let token = APIToken.random(prefix: "mer")
            try await store.addToken(
                name: name, digest: token.digest.bytes, scopes: scopes.map(\.rawValue), site: site,
                expiresAt: store.timekeeper.now + .seconds(days * 86_400))
            let answer = JSON.object(["name": name, "token": token.text]).text
            Terminal.write(invocation.has("--json") ? answer : token.text, to: .output)
            return .success
        }
    }

    private static let scopeWords = TokenScope.allCases.map(\.rawValue).joined(separator: ", ")

    /// The scopes of these words; a token with a word that nothing asks for would be refused everywhere.
    private static func scopes(_ words: [String]) throws(CommandFault) -> [TokenScope] {
        let unknown = words.filter { TokenScope(rawValue: $0) == nil }
        guard let first = unknown.first else { return words.compactMap(TokenScope.init) }
        let quoted = unknown.map { "\"\($0)\"" }.joined(separator: ", ")
        let nearest = Suggestion.of(first, among: TokenScope.allCases.map(\.rawValue))
        throw CommandFault(
            "\(quoted) \(unknown.count == 1 ? "is no scope" : "are no scopes") of a token.",
            advice: nearest.map { "--scopes \($0)" } ?? "one of \(scopeWords).", status: .usage)
    }
}
