public import JSON

extension Organisation {
    /// The document that says the same, in canonical form: what an export gives and an apply takes.
    public var json: JSON {
        let calendars = calendars.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
        let parts: JSON = .object([
            "name": name,
            "default_site": defaultSite,
            "modules": modules.map(\.rawValue),
            "tiers": tiers.map(\.json),
            "calendars": JSONObject(calendars),
            "sites": sites.map(\.json),
            "teams": teams.map(\.json),
            "positions": positions.map(\.json),
            "people": people.map(\.json),
            "categories": categories.map(\.json),
            "priorities": matrix.rows.map { $0.map(\.rawValue) },
            "targets": targets.map(\.json),
            "routing": routing.rules.map(\.json),
            "suppliers": suppliers.map(\.json),
            "process": process.json,
            "shifts": shifts.map(\.json),
            "needs": needs.map(\.json),
            "automation": automation.rules.map(\.json),
            "macros": automation.macros.map(\.json),
        ])
        guard let rates, case .object(var object) = parts else { return parts }
        object["rates"] = rates.json
        return .object(object)
    }
}
