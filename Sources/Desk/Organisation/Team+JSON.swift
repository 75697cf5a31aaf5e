import JSON

extension Team {
    static func form(_ references: References) -> JSONForm<Team> {
        .object { reader in
            let code = reader.required("code", references.defining(.team, .code))
            let name = reader.required("name", .line())
            let sites = reader.required("sites", .list(of: references.mentioning(.site), count: 1...1000))
            let tier = reader.required("tier", .integer(1...99))
            let languages = reader.optional("languages", .list(of: .language, count: 0...50))
            let skills = reader.optional("skills", .list(of: .code, count: 0...100))
            let calendar = reader.optional("calendar", references.mentioning(.calendar))
            let isConfidential = reader.optional("confidential", .boolean)
            let needs = reader.optional("needs", .list(of: references.mentioning(.need), count: 0...50))
            guard let code, let name, let sites, let tier else { return nil }
            return Team(
                code: code, name: name, sites: sites, tier: tier, languages: languages ?? [], skills: skills ?? [],
                calendar: calendar, isConfidential: isConfidential ?? false, needs: needs ?? [])
        }
    }

    var json: JSON {
        var object = JSONObject([
            ("code", code.json), ("name", name.json), ("sites", sites.json), ("tier", tier.json),
            ("languages", languages.json), ("skills", skills.json),
        ])
        object["calendar"] = calendar?.json
        if isConfidential { object["confidential"] = true }
        if !needs.isEmpty { object["needs"] = needs.json }
        return .object(object)
    }
}

extension Position {
    static func form(_ references: References) -> JSONForm<Position> {
        .object { reader in
            let code = reader.required("code", references.defining(.position, .code))
            let name = reader.required("name", .line())
            let team = reader.required("team", references.mentioning(.team))
            let leads = reader.optional("leads", .boolean)
            guard let code, let name, let team else { return nil }
            return Position(code: code, name: name, team: team, leads: leads ?? false)
        }
    }

    var json: JSON {
        var object = JSONObject([("code", code.json), ("name", name.json), ("team", team.json)])
        if leads { object["leads"] = true }
        return .object(object)
    }
}
