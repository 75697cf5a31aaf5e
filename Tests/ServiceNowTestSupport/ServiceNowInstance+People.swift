import Synchronization

/// What the people of the instance do.
extension ServiceNowInstance {
    /// The incidents as they are kept.
    public var incidents: [[String: String]] { content.withLock(\.incidents) }
    public var journal: [[String: String]] { content.withLock(\.journal) }
    public var attachments: [[String: String]] { content.withLock { $0.attachments.map(\.row) } }

    /// What stands in the journal of an incident, each with the field that it was written into.
    public func notes(of id: String) -> [(journal: String, text: String)] {
        journal.filter { $0["element_id"] == id }.map { ($0["element"] ?? "", $0["value"] ?? "") }
    }

    /// Somebody opens an incident that is none of ours.
    public func open(by user: String = "their.agent", _ values: [String: String]) {
        let now = now
        content.withLock { _ = $0.open(values, by: user, at: now) }
    }

    /// Somebody changes an incident: values, and what he writes into its journal.
    public func change(_ id: String, by user: String = "their.agent", _ values: [String: String]) {
        let now = now
        content.withLock { content in
            guard let place = content.incidents.firstIndex(where: { $0["sys_id"] == id }) else { return }
            content.write(values, toIncidentAt: place, by: user, at: now)
        }
    }
}

extension ServiceNowInstance.Content {
    static let journalFields = ["comments", "work_notes"]

    /// A new incident, with what each has from the beginning.
    mutating func open(
        _ values: [String: String], by user: String, at now: String
    ) -> ServiceNowInstance.Row {
        let number = next()
        incidents.append([
            "sys_id": ServiceNowInstance.id(number), "number": "INC\(1_000_000 + number)", "state": "1", "impact": "3",
            "urgency": "3", "comments": "", "work_notes": "", "hold_reason": "", "close_code": "", "close_notes": "",
            "sys_created_on": now, "sys_created_by": user, "opened_at": now, "reopen_count": "0",
            "correlation_id": "", "correlation_display": "",
        ])
        write(values, toIncidentAt: incidents.count - 1, by: user, at: now)
        return incidents[incidents.count - 1]
    }

    /// Writes values into an incident as every way of writing does: the journal is appended to, the count of changes
    /// goes up, and the priority follows from impact and urgency whatever was sent.
    mutating func write(_ values: [String: String], toIncidentAt place: Int, by user: String, at now: String) {
        var row = incidents[place]
        for (name, value) in values where ServiceNowInstance.writable.contains(name) { row[name] = value }
        for element in Self.journalFields {
            guard let text = values[element], !text.isEmpty else { continue }
            let id = ServiceNowInstance.id(next())
            journal.append([
                "sys_id": id, "name": "incident", "element_id": row["sys_id"] ?? "", "element": element,
                "value": text, "sys_created_on": now, "sys_created_by": user,
            ])
            // It says that it read nothing of what it has.
            row[element] = ""
        }
        let level = (Int(row["impact"] ?? "") ?? 3) + (Int(row["urgency"] ?? "") ?? 3) - 1
        row["priority"] = String(min(max(level, 1), 5))
        if row["state"] == "6", row["incident_state"] != "6" { row["resolved_at"] = now }
        if row["state"] == "2", row["incident_state"] == "6" {
            row["reopen_count"] = String((Int(row["reopen_count"] ?? "") ?? 0) + 1)
        }
        row["incident_state"] = row["state"]
        row["sys_mod_count"] = String((Int(row["sys_mod_count"] ?? "") ?? -1) + 1)
        row["sys_updated_on"] = now
        row["sys_updated_by"] = user
        row["active"] = ["7", "8"].contains(row["state"]) ? "false" : "true"
        incidents[place] = row
    }
}

extension ServiceNowInstance {
    /// What a request may set; anything else is passed over in silence.
    static let writable: Set<String> = [
        "short_description", "description", "state", "hold_reason", "impact", "urgency", "severity", "caller_id",
        "company", "location", "category", "subcategory", "cmdb_ci", "assignment_group", "assigned_to", "contact_type",
        "correlation_id", "correlation_display", "close_code", "close_notes",
    ]

    /// 32 hexadecimal digits.
    static func id(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "a", count: 32 - digits.count) + digits
    }
}
