import JSON

extension Supplier {
    static func form(_ references: References) -> JSONForm<Supplier> {
        .object { reader in
            let code = reader.required("code", references.defining(.supplier, .code))
            let name = reader.required("name", .line())
            let connector: Connector? = reader.required("connector", .word())
            let url = reader.required("url", .webAddress)
            let secrets = reader.required("secrets", Self.secrets)
            let categories = reader.optional("categories", .list(of: references.mentioning(.category), count: 0...1000))
            let fields = reader.optional("fields", JSONForm<[Field]>.list(of: .word()))
            let contact = reader.required("contact", .address)
            let contract = reader.optional("contract", Contract.form(references))
            guard let code, let name, let connector, let url, let secrets, let contact else { return nil }
            return Supplier(
                code: code, name: name, connector: connector, url: url, outgoingSecret: secrets.outgoing,
                incomingSecret: secrets.incoming, categories: categories ?? [], fields: fields ?? [], contact: contact,
                contract: contract)
        }
    }

    private static var secrets: JSONForm<(outgoing: String, incoming: String)> {
        .object { reader in
            let outgoing = reader.required("outgoing", .secretName)
            let incoming = reader.required("incoming", .secretName)
            guard let outgoing, let incoming else { return nil }
            return (outgoing, incoming)
        }
    }

    var json: JSON {
        var object = JSONObject([
            ("code", code.json), ("name", name.json), ("connector", connector.rawValue.json), ("url", url.json),
            (
                "secrets",
                .object([
                    "outgoing": JSON.object(["secret": outgoingSecret]),
                    "incoming": JSON.object(["secret": incomingSecret]),
                ])
            ),
            ("categories", categories.json), ("fields", fields.map(\.rawValue).json), ("contact", contact.json),
        ])
        object["contract"] = contract?.json
        return .object(object)
    }
}

extension Supplier.Contract {
    static func form(_ references: References) -> JSONForm<Supplier.Contract> {
        .object { reader in
            let acknowledgement = reader.required("acknowledges_within", WorkingTime.form)
            let solution = reader.required("resolves_within", WorkingTime.form)
            let calendar = reader.optional("calendar", references.mentioning(.calendar))
            guard let acknowledgement, let solution else { return nil }
            return Supplier.Contract(
                acknowledgesWithin: acknowledgement, resolvesWithin: solution, calendar: calendar)
        }
    }

    var json: JSON {
        var object = JSONObject([
            ("acknowledges_within", WorkingTime.text(acknowledgesWithin).json),
            ("resolves_within", WorkingTime.text(resolvesWithin).json),
        ])
        object["calendar"] = calendar?.json
        return .object(object)
    }
}
