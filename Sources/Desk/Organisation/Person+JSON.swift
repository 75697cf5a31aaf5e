import JSON

extension Person {
    static func form(_ references: References) -> JSONForm<Person> {
        .object { reader in
            let email = reader.required("email", references.defining(.person, .address))
            let name = reader.required("name", .line())
            let language = reader.required("language", .language)
            let site = reader.required("site", references.mentioning(.site))
            let positions = reader.optional("positions", .list(of: references.mentioning(.position), count: 0...100))
            let roles = reader.optional("roles", .list(of: Grant.form(references), count: 0...100))
            let personClass = reader.optional("class", .code)
            let organisation = reader.optional("organisation", .line())
            guard let email, let name, let language, let site else { return nil }
            return Person(
                email: email, name: name, language: language, site: site, positions: positions ?? [],
                roles: roles ?? [], personClass: personClass ?? standardClass, organisation: organisation)
        }
    }

    var json: JSON {
        var object = JSONObject([
            ("email", email.json), ("name", name.json), ("language", language.json), ("site", site.json),
            ("positions", positions.json), ("roles", roles.map(\.json).json),
        ])
        if personClass != Self.standardClass { object["class"] = personClass.json }
        object["organisation"] = organisation?.json
        return .object(object)
    }
}

extension Person.Grant {
    /// A role everywhere is a word; one at a site says which.
    static func form(_ references: References) -> JSONForm<Person.Grant> {
        .choosing { json in
            guard json.object != nil else { return JSONForm<Role>.word().map { Person.Grant($0) } }
            return .object { reader in
                let role: Role? = reader.required("role", .word())
                let site = reader.required("site", references.mentioning(.site))
                guard let role, let site else { return nil }
                return Person.Grant(role, site: site)
            }
        }
    }

    var json: JSON {
        guard let site else { return role.rawValue.json }
        return .object(["role": role.rawValue, "site": site])
    }
}
