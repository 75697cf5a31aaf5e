import JSON

extension Supplier {
    /// What a supplier needs beside the rest depends on its connector.
    static func form(_ references: References) -> JSONForm<Supplier> {
        let kinds = Connector.kinds
        return .choosing(among: kinds.map { .object(["connector": $0.word]) }) { json in
            let word = json.object?["connector"]?.string
            return form(of: kinds.first { $0.word == word }, among: kinds.map(\.word), references)
        }
    }

    private static func form(
        of kind: Connector.Kind?, among words: [String], _ references: References
    ) -> JSONForm<Supplier> {
        .object { reader in
            let code = reader.required("code", references.defining(.supplier, .code))
            let name = reader.required("name", .line())
            _ = reader.required("connector", .word(among: kind.map { [$0.word] } ?? words))
            let connector = kind?.read(&reader)
            // Of a way that there is not, nobody knows what belongs to it.
            if kind == nil { reader.allowUnknown() }
            let categories = reader.optional("categories", .list(of: references.mentioning(.category), count: 0...1000))
            let sites = reader.optional("sites", .list(of: references.mentioning(.site), count: 0...1000))
            let fields = reader.optional("fields", JSONForm<[Field]>.list(of: .word()))
            let preview = reader.optional("preview", JSONForm<Preview>.word())
            let defaults = connector?.mapping ?? .troubleTicket
            let mapping = reader.optional(
                "mapping",
                Mapping.form(
                    over: defaults, category: references.mentioning(.category), site: references.mentioning(.site)))
            let contact = reader.required("contact", .address)
            let contract = reader.optional("contract", Contract.form(references))
            guard let code, let name, let connector, let contact else { return nil }
            let namesAddress = contract?.steps.contains { $0.address != nil } ?? false
            if !connector.isMail, namesAddress {
                reader.fault("contract", "names an address to escalate to, which is for suppliers that read mail")
            }
            return Supplier(
                code: code, name: name, connector: connector, categories: categories ?? [], sites: sites ?? [],
                fields: fields ?? [], preview: preview ?? .always, mapping: mapping, contact: contact,
                contract: contract)
        }
    }

    var json: JSON {
        var object = JSONObject([("code", code.json), ("name", name.json), ("connector", connector.word.json)])
        for member in connector.terms.members { object[member.name] = member.value }
        object["categories"] = categories.json
        if !sites.isEmpty { object["sites"] = sites.json }
        object["fields"] = fields.map(\.rawValue).json
        if preview != .always { object["preview"] = preview.rawValue.json }
        object["mapping"] = mapping.json(over: connector.mapping)
        object["contact"] = contact.json
        object["contract"] = contract?.json
        return .object(object)
    }
}
