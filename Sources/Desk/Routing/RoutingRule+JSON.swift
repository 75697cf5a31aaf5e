import JSON

extension RoutingRule {
    static func form(_ references: References) -> JSONForm<RoutingRule> {
        .object { reader in
            let name = reader.required("name", references.defining(.rule, .line()))
            let condition = reader.optional("when", Condition.form(references))
            let result = reader.required("then", Result.form(references))
            guard let name, let result else { return nil }
            return RoutingRule(name: name, condition: condition ?? Condition(), result: result)
        }
    }

    var json: JSON { .object(["name": name, "when": condition.json, "then": result.json]) }
}

extension RoutingRule.Condition {
    static func form(_ references: References) -> JSONForm<RoutingRule.Condition> {
        .object { reader in
            var condition = RoutingRule.Condition()
            condition.read(from: &reader, references)
            return condition
        }
    }

    /// Reads what a condition of the routing table can ask, also where more can be asked beside it.
    mutating func read(from reader: inout JSONReader, _ references: References) {
        kinds = reader.choice("kinds", .word())
        categories = reader.choice("categories", references.mentioning(.category))
        words = reader.choice("words", Self.phrase)
        subjectWords = reader.choice("subject_words", Self.phrase)
        bodyWords = reader.choice("body_words", Self.phrase)
        channels = reader.choice("channels", .word())
        recipients = reader.choice("recipients", .address)
        sites = reader.choice("sites", references.mentioning(.site))
        requesterClasses = reader.choice("requester_classes", .code)
        requesterLanguages = reader.choice("requester_languages", .language)
        requesterSites = reader.choice("requester_sites", references.mentioning(.site))
        requesterOrganisations = reader.choice("requester_organisations", .line())
        open = reader.choice("open", references.mentioning(.calendar))
        closed = reader.choice("closed", references.mentioning(.calendar))
        hours = reader.choice("hours", WeekHours.form(references))
    }

    private static var phrase: JSONForm<Phrase> {
        JSONForm<String>.line(length: 1...100)
            .checked("must hold a letter or a digit, such as vpn, nettverk* or out of office") { Phrase($0) }
    }

    var json: JSON {
        var object = JSONObject()
        let lists: [(String, [String])] = [
            ("kinds", kinds.map(\.rawValue)), ("categories", categories), ("words", words.map(\.text)),
            ("subject_words", subjectWords.map(\.text)), ("body_words", bodyWords.map(\.text)),
            ("channels", channels.map(\.rawValue)), ("recipients", recipients), ("sites", sites),
            ("requester_classes", requesterClasses), ("requester_languages", requesterLanguages),
            ("requester_sites", requesterSites), ("requester_organisations", requesterOrganisations), ("open", open),
            ("closed", closed),
        ]
        for (name, list) in lists where !list.isEmpty { object[name] = list.json }
        if !hours.isEmpty { object["hours"] = .array(hours.map(\.json)) }
        return .object(object)
    }
}

extension RoutingRule.Result {
    static func form(_ references: References) -> JSONForm<RoutingRule.Result> {
        .object { reader in
            var result = RoutingRule.Result()
            result.kind = reader.optional("kind", .word())
            result.category = reader.optional("category", references.mentioning(.category))
            result.impact = reader.optional("impact", .grade())
            result.urgency = reader.optional("urgency", .grade())
            result.priority = reader.optional("priority", .grade())
            result.site = reader.optional("site", references.mentioning(.site))
            result.tier = reader.optional("tier", .integer(1...99))
            result.skill = reader.optional("skill", .code)
            result.team = reader.optional("team", references.mentioning(.team))
            result.position = reader.optional("position", references.mentioning(.position))
            result.supplier = reader.optional("supplier", references.mentioning(.supplier))
            result.tags = reader.optional("tags", .list(of: .code, count: 1...20)) ?? []
            if reader.names.isEmpty { reader.fault(nil, "decides nothing; say at least a tier or a team") }
            if result.team != nil, result.tier != nil || result.skill != nil {
                reader.fault("team", "is named, so that tier and skill decide nothing; leave them out")
            }
            if result.position != nil, result.team != nil || result.tier != nil || result.skill != nil {
                reader.fault("position", "is named and is of one team; leave out team, tier and skill")
            }
            return result
        }
    }

    var json: JSON {
        var object = JSONObject()
        object["kind"] = kind?.rawValue.json
        object["category"] = category?.json
        object["impact"] = impact?.rawValue.json
        object["urgency"] = urgency?.rawValue.json
        object["priority"] = priority?.rawValue.json
        object["site"] = site?.json
        object["tier"] = tier?.json
        object["skill"] = skill?.json
        object["team"] = team?.json
        object["position"] = position?.json
        object["supplier"] = supplier?.json
        if !tags.isEmpty { object["tags"] = tags.json }
        return .object(object)
    }
}

extension JSONReader {
    /// A list of alternatives: left out, it asks nothing; empty, nothing could ever match.
    mutating func choice<Value>(_ name: String, _ form: JSONForm<Value>) -> [Value] {
        optional(name, .list(of: form, count: 1...1000)) ?? []
    }
}
