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
            .value("--site", "CODE", "the one site it is for"),
            .value("--supplier", "CODE", "the supplier whose system shows it, in place of scopes and site"),
            .value("--days", "N", "how long it is good (365)"),
            .value("--rate", "N", "how many requests a minute it allows (MERIDIAN_TOKEN_RATE of the programs)"),
            .data,
            .json,
        ]
    ) { invocation in
        let ofSupplier = invocation.value("--supplier")
        guard let name = invocation.value("--name"), invocation.all("--scopes").isEmpty == (ofSupplier != nil),
            ofSupplier == nil || invocation.value("--site") == nil
        else {
            throw CommandFault(
                "a token needs a name, and scopes or the supplier that it is for.",
                advice: "deskctl token create --name monitoring --scopes tickets:read tickets:write", status: .usage)
        }
        let scopes = try scopes(invocation.all("--scopes"))
        let days = try invocation.number("--days", in: 1...3650) ?? 365
        let rate = try invocation.number("--rate", in: 1...6_000_000)
        return try await DeskConnection(invocation).withStore { store in
            var site: SiteID?
            if let code = invocation.value("--site") {
                site = try await store.directory().sites[code]
                guard site != nil else {
                    throw CommandFault("there is no site \(code).", advice: "deskctl export", status: .usage)
                }
            }
            var supplier: SupplierID?
            if let ofSupplier {
                supplier = try await store.directory().suppliers[ofSupplier]
                guard supplier != nil else {
                    throw CommandFault("there is no supplier \(ofSupplier).", advice: "deskctl export", status: .usage)
                }
            }
            let token = APIToken.random(prefix: "mer")
            try await store.addToken(
                name: name, digest: token.digest.bytes, scopes: scopes.map(\.rawValue), site: site, supplier: supplier,
                expiresAt: store.timekeeper.now + .seconds(days * 86_400), rate: rate)
            let answer = JSON.object(["name": name, "token": token.text]).text
            Terminal.write(invocation.has("--json") ? answer : token.text, to: .output)
            return .success
        }
    }

    static let tokenList = Command(
        words: ["token", "list"], summary: "List the tokens of the API, the newest first", options: [.data, .json]
    ) { invocation in
        try await DeskConnection(invocation).withStore { store in
            let (tokens, directory) = (try await store.tokens(), try await store.directory())
            let sites = tokens.map { $0.site.map { directory.code(of: $0) } }
            let suppliers = tokens.map { $0.supplier.map { directory.suppliers.code(of: $0) } }
            guard !invocation.has("--json") else {
                let told = zip(tokens, zip(sites, suppliers)).map { token, place in
                    JSON.object([
                        "id": token.id, "name": token.name, "scopes": token.scopes.json, "site": place.0,
                        "supplier": place.1,
                        "created_at": token.createdAt, "expires_at": token.expiresAt, "revoked_at": token.revokedAt,
                        "rate": token.rate, "last_used_at": token.usedAt,
                    ])
                }
                Terminal.write(JSON.array(told).text, to: .output)
                return .success
            }
            let places = zip(suppliers, sites).map { supplier, site in supplier ?? site ?? "every site" }
            let rows = zip(tokens, places).map { token, place in
                [
                    "\(token.id)", token.name, place, token.state(at: store.timekeeper.now),
                    token.usedAt?.rfc3339 ?? "never", token.rate.map { "\($0)/min" } ?? "as set",
                    token.scopes.joined(separator: " "),
                ]
            }
            Terminal.write(
                Table.text(
                    headings: ["id", "name", "for", "state", "last used", "allows", "scopes"], rows: rows),
                to: .output)
            return .success
        }
    }

    static let tokenRevoke = Command(
        words: ["token", "revoke"], summary: "End a token at once, by its id in the list", operands: ["ID"],
        options: [.data]
    ) { invocation in
        guard let id = invocation.operands.first.flatMap({ Int64($0) }) else {
            throw CommandFault("a token is named by its id.", advice: "deskctl token list", status: .usage)
        }
        return try await DeskConnection(invocation).withStore { store in
            guard try await store.revoke(token: id) else {
                throw CommandFault(
                    "there is no token \(id) that is in use.", advice: "deskctl token list", status: .data)
            }
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

extension KnownToken {
    /// Whether it opens anything, in words.
    fileprivate func state(at now: Moment) -> String {
        if let revokedAt { return "revoked \(revokedAt.rfc3339)" }
        guard let expiresAt else { return "in use" }
        return expiresAt > now ? "until \(expiresAt.rfc3339)" : "expired \(expiresAt.rfc3339)"
    }
}
