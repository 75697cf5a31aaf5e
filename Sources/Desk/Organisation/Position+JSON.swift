import JSON

extension Position {
    static func form(_ references: References) -> JSONForm<Position> {
        .object { reader in
            let code = reader.required("code", references.defining(.position, .code))
            let name = reader.required("name", .line())
            let team = reader.required("team", references.mentioning(.team))
            let leads = reader.optional("leads", .boolean)
            let roster = reader.optional("roster", .list(of: RosterLine.form(references), count: 0...1000))
            guard let code, let name, let team else { return nil }
            return Position(code: code, name: name, team: team, leads: leads ?? false, roster: roster ?? [])
        }
    }

    var json: JSON {
        var object = JSONObject([("code", code.json), ("name", name.json), ("team", team.json)])
        if leads { object["leads"] = true }
        if !roster.isEmpty { object["roster"] = roster.map(\.json).json }
        return .object(object)
    }
}
