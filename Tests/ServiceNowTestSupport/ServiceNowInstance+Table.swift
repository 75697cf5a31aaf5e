import HTTP
import JSON
import Synchronization

/// The Table API.
extension ServiceNowInstance {
    func table(
        _ method: HTTP.Method, _ path: [String], _ query: [String: String], _ body: JSON, isSecond: Bool
    ) -> Response {
        switch (method, path.count, path.dropFirst().first) {
        case (.get, 2, "incident"): return list(incidents, "incident", query, isSecond: isSecond)
        case (.get, 2, "sys_journal_field"): return list(journal, "sys_journal_field", query, isSecond: isSecond)
        case (.get, 3, "incident"):
            guard let row = incidents.first(where: { $0["sys_id"] == path[2] }) else { return refusal(404) }
            return json(200, ["result": shown(row, query)])
        case (.post, 2, "incident"): return create(body, query)
        case (.patch, 3, "incident"), (.put, 3, "incident"): return change(path[2], body, query)
        case (.delete, 3, "incident"): return refusal(403)
        default: return refusal(404)
        }
    }

    func list(
        _ rows: [Row], _ table: String, _ query: [String: String], isSecond: Bool
    ) -> Response {
        let found = EncodedQuery(query["sysparm_query"] ?? "", by: traits).rows(of: rows)
        let offset = query["sysparm_offset"].flatMap { Int($0) } ?? 0
        let limit = min(query["sysparm_limit"].flatMap { Int($0) } ?? 10_000, traits.page)
        let page = Array(found.dropFirst(offset).prefix(limit))
        if page.isEmpty, !isSecond { return refusal(404) }
        var response = json(200, ["result": page.map { shown($0, query) }])
        response.fields["X-Total-Count"] = String(found.count)
        if offset + limit < found.count {
            let next = "\(url)/api/now/table/\(table)?sysparm_offset=\(offset + limit)&sysparm_limit=\(limit)"
            response.fields["Link"] = "<\(next)>;rel=\"next\""
        }
        return response
    }

    private func create(_ body: JSON, _ query: [String: String]) -> Response {
        guard let values = Self.values(body) else { return refusal(400) }
        let now = now
        let row = content.withLock { $0.open(values, by: traits.user, at: now) }
        var response = json(201, ["result": shown(row, query)])
        response.fields[.location] = "\(url)/api/now/table/incident/\(row["sys_id"] ?? "")"
        return response
    }

    private func change(_ id: String, _ body: JSON, _ query: [String: String]) -> Response {
        guard let values = Self.values(body) else { return refusal(400) }
        let now = now
        let outcome: Row? = content.withLock { content in
            guard let place = content.incidents.firstIndex(where: { $0["sys_id"] == id }) else { return nil }
            let after = content.incidents[place].merging(values) { $1 }
            if let field = Self.missing(in: after, since: content.incidents[place]) { return ["refused": field] }
            content.write(values, toIncidentAt: place, by: traits.user, at: now)
            return content.incidents[place]
        }
        guard let outcome else { return refusal(404) }
        if let field = outcome["refused"] {
            return refusal(403, "Data Policy Exception: The following fields are mandatory: \(field)")
        }
        return json(200, ["result": shown(outcome, query)])
    }

    /// What the data policy asks for in the state that an incident is to have.
    private static func missing(in row: Row, since old: Row) -> String? {
        let needed: [String] =
            switch row["state"] {
            case "6", "7": ["close_code", "close_notes"]
            case "3": ["hold_reason"]
            default: []
            }
        if let field = needed.first(where: { row[$0]?.isEmpty ?? true }) { return field }
        let awaits = row["state"] == "3" && row["hold_reason"] == "1" && old["state"] != "3"
        return awaits && row["comments"]?.isEmpty ?? true ? "comments" : nil
    }

    /// Values are texts, whatever they were sent as; anything but one flat object is refused.
    private static func values(_ body: JSON) -> Row? {
        guard let object = body.object else { return nil }
        var row: Row = [:]
        for member in object { row[member.name] = member.value.string ?? member.value.text }
        return row
    }

    /// A row as it is shown: the fields that were asked for, raw or beside their labels.
    private func shown(_ row: Row, _ query: [String: String]) -> JSON {
        let asked = query["sysparm_fields"]?.split(separator: ",").map(String.init)
        let labels = ["state": ["1": "New", "2": "In Progress", "3": "On Hold", "6": "Resolved", "7": "Closed"]]
        let names = (asked ?? row.keys.sorted()).filter { row[$0] != nil }
        var object = JSONObject()
        for name in names {
            let value = row[name] ?? ""
            let label = labels[name]?[value] ?? value
            switch query["sysparm_display_value"] {
            case "true": object[name] = .string(label)
            case "all": object[name] = JSON.object(["display_value": label, "value": value])
            default: object[name] = .string(value)
            }
        }
        return .object(object)
    }
}
