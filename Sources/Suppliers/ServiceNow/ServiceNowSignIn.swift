import Desk
import HTTP
import JSON

/// How we show an instance of ServiceNow who we are.
struct ServiceNowSignIn {
    let terms: Supplier.ServiceNow
    let wire: Wire

    /// The value of the field `Authorization`.
    ///
    /// - Parameter supplier: the code under which a token is kept for further calls.
    func authorization(for supplier: String) async throws(Setback) -> String {
        if terms.signIn == .basic {
            return wire.basic(terms.user, try await secret(terms.password))
        }
        let token = try await wire.token(supplier) { () async throws(Setback) -> (value: String, lifetime: Duration) in
            try await granted()
        }
        return "Bearer \(token)"
    }

    private func granted() async throws(Setback) -> (value: String, lifetime: Duration) {
        var form = Query()
        form.append("grant_type", terms.signIn.rawValue)
        form.append("client_id", terms.client ?? "")
        form.append("client_secret", try await secret(terms.clientSecret))
        if terms.signIn == .password {
            form.append("username", terms.user)
            form.append("password", try await secret(terms.password))
        }
        let address = try WebAddress(calling: JSONInterface.beginning(terms.url) + "/oauth_token.do")
        let response = try await wire.answer(
            to: Request(
                .post, to: address,
                fields: [
                    .contentType: "application/x-www-form-urlencoded", .accept: "application/json",
                ], body: RequestBody(Array(form.encoded.utf8))))
        let json = (try? JSON.parse(response.body.bytes)) ?? .null
        for name in ["access_token", "refresh_token"] { json[name]?.string.map(wire.record.conceal) }
        // RFC 6749 section 5.2: credentials that are not known are a bad request too.
        if [400, 401, 403].contains(response.status.code) {
            throw .unauthorised(because: "the supplier gives out no token: \(response.status)")
        }
        if let setback = Setback(response, at: wire.now) { throw setback }
        guard let token = json["access_token"]?.string else {
            throw .postponed(because: "the supplier answered \(response.status) without a token", after: nil)
        }
        return (token, .seconds(json["expires_in"]?.integer ?? 1_799))
    }

    private func secret(_ name: String?) async throws(Setback) -> String {
        guard let name else { throw .unready(because: "the supplier has no secret with which to sign in") }
        let secret = try await wire.secret(name)
        wire.record.conceal(PercentCoding.encode(secret))
        return secret
    }
}
