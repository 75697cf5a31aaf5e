import JSON

/// Something that a team must be told before it can work on a ticket (S54), such as the tag of a device.
public struct Need: Hashable, Sendable {
    public var code: String
    /// What it is called, by language.
    public var names: [String: String]

    public init(code: String, names: [String: String]) { (self.code, self.names) = (code, names) }

    /// What it is called in a language, or else in English, or else its code.
    public func name(in language: String) -> String { names[language] ?? names["en"] ?? code }
}

extension Need {
    static func form(_ references: References) -> JSONForm<Need> {
        .object { reader in
            let code = reader.required("code", references.defining(.need, .code))
            let names = reader.required("names", .names)
            guard let code, let names else { return nil }
            return Need(code: code, names: names)
        }
    }

    var json: JSON { .object(["code": code, "names": names.jsonByLanguage]) }
}

extension JSONForm<[String: String]> {
    /// What something is called, by language.
    static var names: JSONForm {
        JSONForm<[(name: String, value: String)]>.members(names: .language, values: .line(), count: 1...100)
            .map { members in Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first } }
    }
}

extension [String: String] {
    var jsonByLanguage: JSON {
        .object(JSONObject(sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
    }
}

extension Organisation {
    public func need(_ code: String) -> Need? { needs.first { $0.code == code } }

    /// What a team must be told about tickets of a category: what the category asks for and what its wholes do, and
    /// what the team asks for, each once.
    public func needs(of category: String?, by team: String) -> [Need] {
        var codes: [String] = []
        var next = category
        for _ in 0...categories.count {
            guard let code = next, let category = self.category(code) else { break }
            codes += category.needs
            next = category.parent
        }
        codes += self.team(team)?.needs ?? []
        var seen: Set<String> = []
        return codes.filter { seen.insert($0).inserted }.compactMap(need)
    }
}
