public import JSON
public import Moments

extension TroubleTicket {
    /// Reads a ticket as somebody else's system wrote it, in either version. It refuses nothing: a member that cannot
    /// be read is as good as absent, and words that no standard knows are kept as they are.
    public init(reading json: JSON) {
        self.init(id: json["id"]?.word)
        (href, name, description) = (json["href"]?.word, json["name"]?.word, json["description"]?.word)
        (severity, ticketType) = (json["severity"]?.word, json["ticketType"]?.word)
        (priority, status) = (json["priority"]?.word, json["status"]?.word)
        statusChangeDate = json.moment("statusChangeDate")
        statusChangeReason = json["statusChangeReason"]?.word
        (creationDate, lastUpdate) = (json.moment("creationDate"), json.moment("lastUpdate"))
        requestedResolutionDate = json.moment("requestedResolutionDate")
        expectedResolutionDate = json.moment("expectedResolutionDate")
        resolutionDate = json.moment("resolutionDate")
        externalIdentifiers = (json["externalIdentifier"]?.array ?? []).compactMap(ExternalIdentifier.init(reading:))
        if externalIdentifiers.isEmpty, let id = json["externalId"]?.word { externalIdentifiers = [.init(id)] }
        statusChanges =
            (json["statusChangeHistory"] ?? json["statusChange"])?.array?
            .compactMap(StatusChange.init(reading:)) ?? []
        notes = json["note"]?.array?.compactMap(Note.init(reading:)) ?? []
        attachments = json["attachment"]?.array?.compactMap(Attachment.init(reading:)) ?? []
        relatedParties = json["relatedParty"]?.array?.compactMap(RelatedParty.init(reading:)) ?? []
        relatedEntities = json["relatedEntity"]?.array?.compactMap(RelatedEntity.init(reading:)) ?? []
    }
}

extension TroubleTicket.ExternalIdentifier {
    fileprivate init?(reading json: JSON) {
        guard let id = json["id"]?.word else { return nil }
        self.init(id, owner: json["owner"]?.word, type: json["externalIdentifierType"]?.word)
    }
}

extension TroubleTicket.StatusChange {
    fileprivate init?(reading json: JSON) {
        guard let status = json["status"]?.word else { return nil }
        self.init(
            status, at: json.moment("statusChangeDate") ?? json.moment("changeDate"),
            because: (json["statusChangeReason"] ?? json["changeReason"])?.word)
    }
}

extension TroubleTicket.Note {
    fileprivate init?(reading json: JSON) {
        guard let text = json["text"]?.word else { return nil }
        self.init(
            text, id: json["id"]?.word, author: json["author"]?.word, date: json.moment("date"),
            source: json["source"]?.word.flatMap { TroubleTicket.Source(rawValue: $0.lowercased()) })
        isInternal = json["@type"]?.word == "work_notes"
    }
}

extension TroubleTicket.RelatedParty {
    fileprivate init?(reading json: JSON) {
        let party = json["partyOrPartyRole"] ?? json
        guard let id = party["id"]?.word else { return nil }
        self.init(
            id, role: json["role"]?.word, name: party["name"]?.word,
            referredType: party["@referredType"]?.word ?? "Individual")
    }
}

extension TroubleTicket.RelatedEntity {
    fileprivate init?(reading json: JSON) {
        let entity = json["entity"] ?? json
        guard let id = entity["id"]?.word else { return nil }
        self.init(
            id, role: json["role"]?.word ?? "", name: entity["name"]?.word,
            referredType: entity["@referredType"]?.word ?? "")
    }
}

extension JSON {
    fileprivate func moment(_ name: String) -> Moment? { self[name]?.string.flatMap(Moment.init(lenient:)) }
}

extension Moment {
    /// Reads a time as systems write it: RFC 3339, an offset without its colon, and without zone, which is then UTC,
    /// as in `2026-03-12 13:05:00`.
    public init?(lenient text: String) {
        var text = text.first?.isWhitespace == true ? String(text.drop(while: \.isWhitespace)) : text
        if let gap = text.firstIndex(of: " ") { text.replaceSubrange(gap...gap, with: "T") }
        if text.count == 10 { text += "T00:00:00" }
        let clock = text.drop { $0 != "T" }
        guard let mark = clock.lastIndex(where: { "+-Zz".contains($0) }) else {
            self.init(rfc3339: text + "Z")
            return
        }
        if clock[mark...].count == 5 { text.insert(":", at: text.index(mark, offsetBy: 3)) }
        self.init(rfc3339: text)
    }
}
