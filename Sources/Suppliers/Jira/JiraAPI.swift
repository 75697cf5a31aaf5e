import Desk
import DeskSuppliers
import HTTP
import JSON
import Moments

/// The calls of Jira's platform (REST version 3 in the cloud, 2 elsewhere) and of its service desk, and what their
/// answers mean.
struct JiraAPI: Sendable {
    let terms: Supplier.Jira
    let wire: Wire
    let site: JSONInterface

    init(_ terms: Supplier.Jira, over wire: Wire) async throws(Setback) {
        let token = try await wire.secret(terms.token)
        (self.terms, self.wire) = (terms, wire)
        let authorization =
            switch terms.edition {
            case .cloud: wire.basic(terms.email ?? "", token)
            case .dataCenter: "Bearer \(token)"
            }
        site = JSONInterface(at: terms.url, authorization: authorization, over: wire)
    }

    var platform: String { terms.edition == .cloud ? "/rest/api/3" : "/rest/api/2" }

    /// The account that we are there.
    func account() async throws(Setback) -> String? {
        JiraComment.account(try await send(.get, "\(platform)/myself"))
    }

    /// - Returns: nil where there is none.
    func issue(_ id: String, withHistory: Bool = false) async throws(Setback) -> JiraIssue? {
        var query = Query()
        query.append("fields", (JiraIssue.fields + ["description", "attachment"]).joined(separator: ","))
        if withHistory { query.append("expand", "changelog") }
        let response = try await site.answer(.get, "\(path(id))?\(query.encoded)", upTo: Self.largestIssue)
        if response.status == .notFound { return nil }
        try check(response)
        return JiraIssue(reading: try JSON(answered: response))
    }

    /// - Returns: what it is known by from now on; nil where the answer does not say it.
    func create(_ order: JiraOrder) async throws(Setback) -> String? {
        if let serviceDesk = terms.serviceDesk {
            return try await send(.post, "/rest/servicedeskapi/request", order.request(to: serviceDesk))["issueId"]?
                .string
        }
        return try await send(.post, "\(platform)/issue", order.issue)["id"]?.string
    }

    func edit(_ id: String, _ change: JSON) async throws(Setback) { _ = try await send(.put, path(id), change) }

    func link(_ id: String, _ link: JSON) async throws(Setback) {
        _ = try await send(.post, "\(path(id))/remotelink", link)
    }

    /// The comments of an issue, the oldest first.
    ///
    /// - Parameter moment: what is older may be left out.
    func comments(of id: String, since moment: Moment?) async throws(Setback) -> [JiraComment] {
        var comments: [JiraComment] = []
        var offset = 0
        for _ in 0..<Self.pages {
            var query = Query()
            query.append("orderBy", "-created")
            query.append("startAt", String(offset))
            query.append("maxResults", String(Self.page))
            query.append("expand", "properties")
            let list = try await send(.get, "\(path(id))/comment?\(query.encoded)")["comments"]?.array ?? []
            let found = list.compactMap { JiraComment(reading: $0) }
            comments += found
            offset += list.count
            if list.count < Self.page { break }
            if let moment, let oldest = found.last?.created, oldest < moment { break }
        }
        return comments.reversed()
    }

    /// - Returns: what the comment is known by, where the answer says it.
    func write(_ comment: JSON, on id: String) async throws(Setback) -> String? {
        try await send(.post, "\(path(id))/comment", comment)["id"]?.string
    }

    func deleteComment(_ comment: String, of id: String) async throws(Setback) {
        _ = try await send(.delete, "\(path(id))/comment/\(PercentCoding.encode(comment))")
    }

    func transitions(of id: String) async throws(Setback) -> [JiraTransition] {
        let list = try await send(.get, "\(path(id))/transitions?expand=transitions.fields")["transitions"]?.array
        return list?.compactMap { JiraTransition(reading: $0) } ?? []
    }

    func move(_ id: String, _ transition: JSON) async throws(Setback) {
        _ = try await send(.post, "\(path(id))/transitions", transition)
    }

    /// How many bytes of one issue are read: it may have thousands of attachments.
    static let largestIssue = 2 << 20
    private static let page = 50
    private static let pages = 20
}

extension JiraAPI {
    func path(_ id: String) -> String { "\(platform)/issue/\(PercentCoding.encode(id))" }

    func send(_ method: HTTP.Method, _ path: String, _ body: JSON? = nil) async throws(Setback) -> JSON {
        let response = try await site.answer(method, path, body)
        try check(response)
        // What was changed or deleted is not shown.
        return response.body.bytes.isEmpty ? .null : try JSON(answered: response)
    }

    func check(_ response: Response) throws(Setback) {
        if response.fields["X-Seraph-LoginReason"]?.contains("AUTHENTICATION_DENIED") == true {
            throw .unauthorised(because: "Jira wants a person to sign in with this account before it lets it in again")
        }
        if let setback = Setback(response, at: wire.now) { throw setback }
    }
}
