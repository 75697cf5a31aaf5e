import HTTP
import Synchronization

/// Somebody with a browser: signs in as people do, and keeps the cookies.
final class WebVisitor: Sendable {
    let client: HTTPClient
    /// Where the pages are, without a slash at the end.
    let base: String
    private let cookies = Mutex<[String: String]>([:])

    init(client: HTTPClient, base: String) { (self.client, self.base) = (client, base) }

    /// What a page was not.
    struct Lost: Error, CustomStringConvertible {
        let description: String
    }

    /// Signs in by the form.
    func signIn(as address: String, password: String) async throws {
        let page = try await get("/sign-in")
        let answer = try await post("/sign-in", ["email": address, "password": password], from: page)
        guard answer.status.code == 303 else {
            throw Lost(description: "\(base)/sign-in did not let \(address) in: \(answer.status.code)")
        }
    }

    func get(_ path: String) async throws -> Response { try await send(.get, path) }

    /// Sends the form of a page, with what the page hid in it.
    func post(_ path: String, _ values: [String: String], from page: Response) async throws -> Response {
        guard let token = page.text.firstMatch(of: /name="form_token" value="([^"]*)"/)?.output.1 else {
            throw Lost(description: "\(base)\(path) has no form to send")
        }
        let all = values.merging(["form_token": String(token)]) { own, _ in own }
        let body = all.sorted { $0.key < $1.key }.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }
            .joined(separator: "&")
        return try await send(
            .post, path, fields: [.contentType: "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"],
            body: body)
    }

    private func send(
        _ method: HTTP.Method, _ path: String, fields: Fields = [:], body: String = ""
    ) async throws -> Response {
        guard let address = WebAddress(base + path) else { throw Lost(description: "\(base)\(path) is no address") }
        var fields = fields
        let cookies = cookies.withLock { $0 }
        if !cookies.isEmpty {
            fields[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        let request = Request(method, to: address, fields: fields, body: RequestBody(body))
        let response = try await client.send(request, within: .seconds(20), upTo: 4 << 20)
        for field in response.fields.all(.setCookie) {
            let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { self.cookies.withLock { $0[String(pair[0])] = String(pair[1]) } }
        }
        return response
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            let isPlain = byte < 128 && (character.isLetter || character.isNumber || "-._~".contains(character))
            return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        .joined()
    }
}
