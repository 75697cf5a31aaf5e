public import JSON
import Moments

extension TroubleTicket {
    /// The ticket as one version writes it; what is absent is left out.
    public func json(_ version: TroubleTicketVersion) -> JSON { .object(members(version)) }

    private func members(_ version: TroubleTicketVersion) -> JSONObject {
        var members = JSONObject()
        let texts = [
            ("id", id), ("href", href), ("name", name), ("description", description), ("severity", severity),
            ("ticketType", ticketType), ("priority", priority), ("status", status),
        ]
        for (name, text) in texts { members[name] = text?.json }
        members["statusChangeDate"] = statusChangeDate?.json
        members["statusChangeReason"] = statusChangeReason?.json
        let dates = [
            ("creationDate", creationDate), ("lastUpdate", lastUpdate),
            ("requestedResolutionDate", requestedResolutionDate), ("expectedResolutionDate", expectedResolutionDate),
            ("resolutionDate", resolutionDate),
        ]
        for (name, date) in dates { members[name] = date?.json }
        switch version {
        case .v4:
            members["externalId"] = externalIdentifiers.first?.id.json
            members["statusChange"] = list(statusChanges) { $0.json(.v4) }
        case .v5:
            members["externalIdentifier"] = list(externalIdentifiers) { $0.json }
            members["statusChangeHistory"] = list(statusChanges) { $0.json(.v5) }
        }
        members["note"] = list(notes) { $0.json }
        members["attachment"] = list(attachments) { $0.json }
        members["relatedParty"] = list(relatedParties) { $0.json(version) }
        members["relatedEntity"] = list(relatedEntities) { $0.json(version) }
        members["@type"] = "TroubleTicket"
        return members
    }

    private func list<Element>(_ elements: [Element], _ json: (Element) -> JSON) -> JSON? {
        elements.isEmpty ? nil : .array(elements.map(json))
    }
}

extension TroubleTicket.StatusChange {
    fileprivate func json(_ version: TroubleTicketVersion) -> JSON {
        let (dateName, reasonName) =
            version == .v4 ? ("changeDate", "changeReason") : ("statusChangeDate", "statusChangeReason")
        var members = JSONObject([("status", status.json)])
        members[dateName] = date?.json
        members[reasonName] = reason?.json
        members["@type"] = "StatusChange"
        return .object(members)
    }
}

extension TroubleTicket.ExternalIdentifier {
    fileprivate var json: JSON {
        var members = JSONObject([("id", id.json)])
        members["owner"] = owner?.json
        members["externalIdentifierType"] = type?.json
        members["@type"] = "ExternalIdentifier"
        return .object(members)
    }
}

extension TroubleTicket.Note {
    public var json: JSON {
        var members = JSONObject()
        members["id"] = id?.json
        members["author"] = author?.json
        members["date"] = date?.json
        members["text"] = text.json
        members["source"] = source?.rawValue.json
        members["@type"] = "Note"
        return .object(members)
    }
}

extension TroubleTicket.RelatedParty {
    fileprivate func json(_ version: TroubleTicketVersion) -> JSON {
        TroubleTicket.reference(
            id, name, referredType, role: role, in: version, nested: "partyOrPartyRole", as: "PartyRef",
            around: "RelatedPartyRefOrPartyRoleRef")
    }
}

extension TroubleTicket.RelatedEntity {
    fileprivate func json(_ version: TroubleTicketVersion) -> JSON {
        TroubleTicket.reference(
            id, name, referredType, role: role, in: version, nested: "entity", as: "EntityRef", around: "RelatedEntity")
    }
}

extension TroubleTicket {
    /// A reference with a role: flat in version 4, in an object of its own in version 5.
    fileprivate static func reference(
        _ id: String, _ name: String?, _ referredType: String, role: String?, in version: TroubleTicketVersion,
        nested: String, as type: String, around outer: String
    ) -> JSON {
        var inner = JSONObject([("id", id.json)])
        inner["name"] = name?.json
        inner["@referredType"] = referredType.json
        inner["@type"] = (version == .v4 ? outer : type).json
        var members = version == .v4 ? inner : JSONObject()
        members["role"] = role?.json
        guard version == .v5 else { return .object(members) }
        members[nested] = .object(inner)
        members["@type"] = outer.json
        return .object(members)
    }
}
