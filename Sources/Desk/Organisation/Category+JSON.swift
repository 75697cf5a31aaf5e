import JSON

extension Category {
    static func form(_ references: References) -> JSONForm<Category> {
        .object { reader in
            let code = reader.required("code", references.defining(.category, .code))
            let names = reader.required("names", .names)
            let parent = reader.optional("parent", references.mentioning(.category))
            let needs = reader.optional("needs", .list(of: references.mentioning(.need), count: 0...50))
            guard let code, let names else { return nil }
            return Category(code: code, names: names, parent: parent, needs: needs ?? [])
        }
    }

    var json: JSON {
        var object = JSONObject([("code", code.json), ("names", names.jsonByLanguage)])
        object["parent"] = parent?.json
        if !needs.isEmpty { object["needs"] = needs.json }
        return .object(object)
    }
}
