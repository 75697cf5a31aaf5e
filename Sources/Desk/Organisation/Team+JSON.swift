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
            let assignment: Team.Assignment? = reader.optional("assignment", .word())
            let capacity = reader.optional("capacity", .integer(1...1_000_000))
            let personCapacity = reader.optional("person_capacity", .integer(1...1_000_000))
            if personCapacity != nil, assignment ?? .queue == .queue {
                reader.fault(
                    "person_capacity", "says nothing while people take their tickets from the queue themselves")
            }
            guard let code, let name, let sites, let tier else { return nil }
            return Team(
                code: code, name: name, sites: sites, tier: tier, languages: languages ?? [], skills: skills ?? [],
                calendar: calendar, isConfidential: isConfidential ?? false, needs: needs ?? [],
                assignment: assignment ?? .queue, capacity: capacity, personCapacity: personCapacity)
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
        if assignment != .queue { object["assignment"] = assignment.rawValue.json }
        object["capacity"] = capacity?.json
        object["person_capacity"] = personCapacity?.json
        return .object(object)
    }
}
