public import HTTP
public import JSON
import Moments
import Runtime
import SupplierTestSupport
import Synchronization

/// How the instance answers.
extension ServiceNowInstance {
    /// Answers a request that did not come over the wire.
    public func answer(_ request: Request) -> Response { server.answer(request) }

    public func work(_ request: Request, _ body: JSON) -> Response {
        let path = request.path.split(separator: "/").map(String.init)
        if !isExposed(request) { return token(request) }
        return admitted(request, path, Dictionary(request.query.pairs.map { ($0.name, $0.value) }) { $1 }, body)
    }

    /// Asking for a token always goes well.
    public func isExposed(_ request: Request) -> Bool { request.path != "/oauth_token.do" }

    /// Whoever has a token that still holds, or the password.
    private func admitted(
        _ request: Request, _ path: [String], _ query: [String: String], _ body: JSON
    ) -> Response {
        let words = (request.fields[.authorization] ?? "").split(separator: " ").map(String.init)
        let now = clock.now
        let isKnown =
            switch words.first {
            case "Bearer": content.withLock { $0.tokens[words.last ?? ""].map { $0 > now } ?? false }
            case "Basic": words.last == Basic.encoded("\(traits.user):\(traits.password)")
            default: false
            }
        guard isKnown else { return refusal(401) }
        let isJSON = [request.fields[.accept], request.fields[.contentType]].allSatisfy {
            $0?.hasPrefix("application/json") == true
        }
        let rest = Array(path.dropFirst(2).drop { $0 == "v2" || $0 == "v1" })
        if [.post, .put, .patch].contains(request.method), rest.first == "table", !isJSON { return refusal(400) }
        switch (rest.first, request.method) {
        case ("table", _): return table(request.method, rest, query, body, isSecond: path.contains("v2"))
        case ("attachment", _): return attachment(request, rest, query)
        default: return refusal(404)
        }
    }

    private func token(_ request: Request) -> Response {
        let form = Dictionary(
            Query(String(decoding: request.body.bytes, as: UTF8.self)).pairs.map { ($0.name, $0.value) }
        ) { $1 }
        let isClient = form["client_id"] == traits.clientID && form["client_secret"] == traits.clientSecret
        let isGranted =
            switch form["grant_type"] {
            case "client_credentials": true
            case "password": form["username"] == traits.user && form["password"] == traits.password
            default: false
            }
        guard isClient, isGranted else {
            return json(401, ["error_description": "access_denied", "error": "server_error"])
        }
        let end = clock.now + .seconds(traits.tokenLifetime)
        let token = content.withLock { content in
            let token = "token-\(content.next())"
            content.tokens[token] = end
            return token
        }
        return json(
            200,
            [
                "access_token": token, "scope": "useraccount", "token_type": "Bearer",
                "expires_in": Int(traits.tokenLifetime),
            ])
    }

    func json(_ code: Int, _ members: KeyValuePairs<String, any JSONValue>) -> Response {
        Response(Status(code), json: JSON.object(members).bytes())
    }

    public func refusal(_ code: Int) -> Response { refusal(code, nil) }

    /// A refusal in the words of the instance.
    func refusal(_ code: Int, _ detail: String?) -> Response {
        let words: [Int: (String, String)] = [
            400: ("Exception while reading request", "The payload is not valid JSON."),
            401: ("User Not Authenticated", "Required to provide Auth information"),
            403: ("Operation Failed", "ACL Exception Update Failed due to security constraints"),
            413: ("Request Entity Too Large", "The file is larger than the instance takes."),
            404: ("No Record found", "Record doesn't exist or ACL restricts the record retrieval"),
            429: ("Rate limit exceeded", "Too many requests."),
        ]
        let (message, usual) = words[code] ?? ("Transaction cancelled", "Try again later.")
        var response = json(
            code,
            [
                "error": JSON.object(["message": message, "detail": detail ?? usual]),
                "status": "failure",
            ])
        if code == 429 { response.fields["X-RateLimit-Limit"] = "100" }
        return response
    }
}
