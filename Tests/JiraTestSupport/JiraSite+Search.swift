import HTTP
import JSON
import Moments
import Runtime

/// The search by JQL.
extension JiraSite {
    func search(_ body: JSON, isEnhanced: Bool) -> Response {
        guard traits.isCloud == isEnhanced else {
            return traits.isCloud
                ? refusal(410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.")
                : refusal(404)
        }
        guard let found = found(by: body["jql"]?.string ?? "") else {
            return refusal(400, "Error in the JQL Query.")
        }
        let fields = Set(body["fields"]?.array?.compactMap(\.string) ?? [])
        let start = Int((isEnhanced ? body["nextPageToken"]?.string : body["startAt"]?.number?.text) ?? "0") ?? 0
        let most = min(body["maxResults"]?.integer.map(Int.init) ?? 50, traits.page)
        let issues = found.dropFirst(start).prefix(most).map { issue in
            // Without fields nothing but ids comes in the cloud.
            fields.isEmpty && isEnhanced ? JSON.object(["id": issue.id.json]) : json(issue, fields: fields)
        }
        var members = JSONObject([("issues", .array(issues))])
        if !isEnhanced {
            members["total"] = found.count.json
        } else if start + issues.count < found.count {
            members["nextPageToken"] = String(start + issues.count).json
        } else {
            members["isLast"] = true
        }
        return Response(.ok, json: JSON.object(members).bytes())
    }

    /// - Returns: nil for what is no query, or one without bounds.
    private func found(by query: String) -> [Issue]? {
        let parts = query.components(of: " ORDER BY ")
        let conditions = parts[0].components(of: " AND ").map(condition)
        guard !parts[0].isEmpty, conditions.allSatisfy({ $0 != nil }) else { return nil }
        let indexed = clock.now - .seconds(traits.indexLag)
        let found = issues.filter { issue in
            issue.created <= indexed && conditions.allSatisfy { $0?(issue) == true }
        }
        return parts.last == "updated ASC" ? found.sorted { $0.updated < $1.updated } : found
    }

    private func condition(_ text: String) -> ((Issue) -> Bool)? {
        if text.hasPrefix("("), text.hasSuffix(")") {
            let either = String(text.dropFirst().dropLast()).components(of: " OR ").map(condition)
            guard either.allSatisfy({ $0 != nil }) else { return nil }
            return { issue in either.contains { $0?(issue) == true } }
        }
        let words = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3 else { return nil }
        switch (words[0], words[1]) {
        case ("project", "="):
            let name = Self.unquoted(words[2])
            return { $0.key.hasPrefix(name + "-") }
        case ("labels", "="):
            let label = Self.unquoted(words[2])
            return { $0.labels.contains(label) }
        case ("labels", "in"):
            let labels = words[2].dropFirst().dropLast().split(separator: ",").map { Self.unquoted(String($0)) }
            return { issue in labels.contains { issue.labels.contains($0) } }
        case ("description", "~"):
            // Words are looked for as they are, not in their order.
            let text = Self.unquoted(Self.unquoted(words[2]).replacing("\\", with: ""))
            return { $0.description.text.contains(text) }
        case ("updated", ">="):
            guard let minutes = Int64(Self.unquoted(words[2]).dropFirst().dropLast()) else { return nil }
            let start = (clock.now.seconds - minutes * 60) / 60 * 60
            return { $0.updated.seconds >= start }
        default: return nil
        }
    }

    private static func unquoted(_ text: String) -> String {
        String(text.drop { $0 == " " }).replacing("\"", with: "")
    }
}

extension String {
    fileprivate func components(of separator: String) -> [String] {
        var rest = self[...]
        var parts: [String] = []
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
