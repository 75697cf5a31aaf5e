import Desk
import DeskSuppliers
import HTTP
import JSON

/// Looking for issues. The index lags behind what has been written, mostly by seconds.
extension JiraAPI {
    private static let page = 50

    /// One page of what a query finds, and what the next one is asked for with.
    struct Page {
        var issues: [JiraIssue] = []
        var next: JSON?
    }

    /// The issues of an exchange, the oldest first: one, none, or more where a request got doubled on its way. What is
    /// found is looked at again.
    ///
    /// - Parameter remote: what their system knows the ticket by; it is there before the index knows of it.
    func find(_ exchange: String, known remote: String?) async throws(Setback) -> [JiraIssue] {
        var found = try await all(.exchange(exchange, of: terms), withDescriptions: terms.serviceDesk != nil)
            .filter { JiraOrder.isOurs($0, exchange, under: terms.label) }
        if let remote, !found.contains(where: { $0.id == remote }), let issue = try await issue(remote) {
            found.append(issue)
        }
        return found.sorted(by: JiraIssue.isOlder)
    }

    /// Few are looked for; whatever comes after twenty pages is left out.
    func all(_ query: JiraQuery, withDescriptions: Bool = false) async throws(Setback) -> [JiraIssue] {
        var issues: [JiraIssue] = []
        var next: JSON?
        for _ in 0..<20 {
            let page = try await page(of: query, after: next, withDescriptions: withDescriptions)
            issues += page.issues
            next = page.next
            if next == nil { break }
        }
        return issues
    }

    /// - Parameter next: what the page before gave; nil for the first.
    func page(
        of query: JiraQuery, after next: JSON?, withDescriptions: Bool = false
    ) async throws(Setback) -> Page {
        // Without fields nothing but ids would come. Descriptions are long, and few are wanted at a time.
        let fields = JiraIssue.fields + (withDescriptions ? ["description"] : [])
        var members = JSONObject([
            ("jql", query.text.json), ("fields", fields.json), ("maxResults", (withDescriptions ? 5 : Self.page).json),
        ])
        switch terms.edition {
        case .cloud:
            members["nextPageToken"] = next
            let json = try await send(.post, "/rest/api/3/search/jql", .object(members))
            return Page(issues: Self.issues(json), next: json["isLast"] == true ? nil : json["nextPageToken"])
        case .dataCenter:
            let start = next?.integer ?? 0
            members["startAt"] = start.json
            let json = try await send(.post, "/rest/api/2/search", .object(members))
            let end = start + Int64(json["issues"]?.array?.count ?? 0)
            let isLast = end == start || end >= json["total"]?.integer ?? 0
            return Page(issues: Self.issues(json), next: isLast ? nil : end.json)
        }
    }

    private static func issues(_ json: JSON) -> [JiraIssue] {
        json["issues"]?.array?.compactMap { JiraIssue(reading: $0) } ?? []
    }
}
