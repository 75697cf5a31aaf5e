import JSON

extension Category {
    static func form(_ references: References) -> JSONForm<Category> {
        .object { reader in
            let code = reader.required("code", references.defining(.category, .code))
            let names = reader.required("names", .members(names: .language, values: .line(), count: 1...100))
            let parent = reader.optional("parent", references.mentioning(.category))
            guard let code, let names else { return nil }
            return Category(
                code: code, names: Dictionary(names.map { ($0.name, $0.value) }) { first, _ in first }, parent: parent)
        }
    }

    var json: JSON {
        let sorted = names.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
        var object = JSONObject([("code", code.json), ("names", .object(JSONObject(sorted)))])
        object["parent"] = parent?.json
        return .object(object)
    }
}
