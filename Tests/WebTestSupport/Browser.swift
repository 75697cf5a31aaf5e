public import HTTP

/// A browser without a network: it keeps cookies, says where its forms come from, and sends their tokens along.
public struct Browser: Sendable {
    let router: Router
    let origin: WebAddress
    public var cookies: [String: String] = [:]
    /// The address of the network it comes from.
    public var client = "192.0.2.7"
    public var acceptLanguage: String? = "en"
    /// The last page, from which forms take their token.
    public private(set) var page = ""

    init(router: Router, origin: WebAddress) { (self.router, self.origin) = (router, origin) }

    public mutating func get(_ path: String) async -> Response {
        await send(Request(.get, path, fields: fields))
    }

    /// Follows redirections to the page that is shown in the end.
    public mutating func open(_ path: String) async -> Response {
        var response = await get(path)
        var hops = 0
        while response.status.isRedirection, let location = response.fields[.location], hops < 5 {
            response = await get(location)
            hops += 1
        }
        return response
    }

    /// Sends a form of the last page.
    public mutating func post(_ path: String, _ values: Query, token: String? = nil) async -> Response {
        var values = values
        values.append("form_token", token ?? self.token)
        var fields = fields
        fields[.contentType] = "application/x-www-form-urlencoded"
        fields["Sec-Fetch-Site"] = "same-origin"
        return await send(Request(.post, path, fields: fields, body: RequestBody(values.encoded)))
    }

    /// Sends a form of the last page with files.
    ///
    /// - Parameter boundary: what parts the fields; browsers take another one each time.
    public mutating func post(
        _ path: String, _ values: Query, files: [(name: String, type: String, bytes: [UInt8])],
        token: String? = nil, boundary: String = "browser-boundary-7f3a"
    ) async -> Response {
        var body: [UInt8] = []
        func part(_ head: String, _ content: [UInt8]) {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; \(head)\r\n\r\n".utf8) + content
            body += Array("\r\n".utf8)
        }
        part("name=\"form_token\"", Array((token ?? self.token).utf8))
        for pair in values.pairs { part("name=\"\(pair.name)\"", Array(pair.value.utf8)) }
        for file in files {
            part("name=\"files\"; filename=\"\(file.name)\"\r\nContent-Type: \(file.type)", file.bytes)
        }
        body += Array("--\(boundary)--\r\n".utf8)
        var fields = fields
        fields[.contentType] = "multipart/form-data; boundary=\(boundary)"
        fields["Sec-Fetch-Site"] = "same-origin"
        return await send(Request(.post, path, fields: fields, body: RequestBody(body)))
    }

    @discardableResult
    public mutating func signIn(_ address: String, _ password: String, to place: String = "") async throws -> Response {
        _ = await get("/sign-in")
        return await post("/sign-in", ["email": address, "password": password, "to": place])
    }

    /// Sends a request as it is, with the cookies, and keeps what comes back.
    public mutating func send(_ request: Request) async -> Response {
        var request = request
        request.client = client
        request.id = "0123456789abcdef"
        let response = await router.respond(to: request)
        for line in response.fields.all(.setCookie) { keep(line) }
        if !response.text.isEmpty { page = response.text }
        return response
    }

    public var fields: Fields {
        var fields: Fields = [.host: origin.authority.description]
        if !cookies.isEmpty {
            fields[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        fields[.acceptLanguage] = acceptLanguage
        return fields
    }

    /// The token of the first form of the last page.
    public var token: String {
        guard let start = page.range(of: "name=\"form_token\" value=\"") else { return "" }
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }

    /// The value of a hidden field of the last page.
    public func hidden(_ name: String) -> String {
        guard let start = page.range(of: "name=\"\(name)\" value=\"") else { return "" }
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }

    private mutating func keep(_ line: String) {
        let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
        guard let pair = parts.first, let mark = pair.firstIndex(of: "=") else { return }
        let (name, value) = (String(pair[..<mark]), String(pair[pair.index(after: mark)...]))
        cookies[name] = parts.contains("Max-Age=0") ? nil : value
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}

extension Response {
    /// The whole content, a streamed one included.
    public func collected() async throws -> [UInt8] {
        guard case .stream(_, let write) = body else { return body.bytes }
        let collector = Collector()
        try await write(BodyWriter { await collector.add($0) })
        return await collector.bytes
    }
}

private actor Collector {
    var bytes: [UInt8] = []
    func add(_ piece: [UInt8]) { bytes += piece }
}
