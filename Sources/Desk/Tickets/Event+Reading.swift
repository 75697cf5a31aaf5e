public import JSON

extension Ticket.Event {
    /// The event of that kind, from details as `data` writes them.
    /// - Throws: everything that is wrong with the details.
    public init(kind: Kind, data: JSON) throws(JSONFaults) {
        self = try data.read { reader in Self.read(kind, from: &reader) }
    }

    private static func read(_ kind: Kind, from reader: inout JSONReader) -> Ticket.Event? {
        switch kind {
        case .opened: Ticket.Opening.read(from: &reader).map { .opened($0) }
        case .changed: .changed(Changes.read(from: &reader))
        case .routed:
            both(
                both(Responsibility.read(from: &reader), reader.required("rule", .line())),
                RoutingReasons.read(from: &reader)
            ).map { .routed($0.0, rule: $0.1, why: $1) }
        case .assigned: Responsibility.read(from: &reader).map { .assigned($0) }
        case .taken: reader.required("person", .identifier()).map { .taken($0) }
        case .handedOver:
            both(
                both(Responsibility.read(from: &reader), reader.required("reason", .line())),
                reader.required("note", .identifier())
            ).map { .handedOver($0.0, reason: $0.1, note: $1) }
        case .noteAdded: reader.required("entry", .identifier()).map { .noteAdded($0) }
        case .messageSent: reader.required("entry", .identifier()).map { .messageSent($0) }
        case .requesterAsked: reader.required("entry", .identifier()).map { .requesterAsked($0) }
        case .requesterReplied: reader.required("entry", .identifier()).map { .requesterReplied($0) }
        case .putOnHold:
            .putOnHold(until: reader.optional("until", .moment), note: reader.optional("note", .identifier()))
        case .resolved: readResolution(from: &reader)
        case .reopened:
            withNote(reader.required("reason", .word()), from: &reader) { .reopened($0, note: $1) }
        case .automated: AutomationMark.read(from: &reader).map { .automated($0) }
        case .automationStopped: AutomationStop.read(from: &reader).map { .automationStopped($0) }
        case .told:
            both(ToldParty.read(from: &reader), reader.required("entry", .identifier()))
                .map { .told($0, entry: $1) }
        case .deadlineNear: ClockMark.read(from: &reader).map { .deadlineNear($0) }
        case .deadlineMissed: ClockMark.read(from: &reader).map { .deadlineMissed($0) }
        case .termsChanged: reader.required("clocks", .list(of: ClockShift.form())).map { .termsChanged($0) }
        case .clocksReevaluated:
            both(reader.required("clocks", .list(of: ClockShift.form())), reader.required("note", .identifier()))
                .map { .clocksReevaluated($0, note: $1) }
        case .resumed: .resumed
        case .closed: .closed
        case .released, .ownerChanged, .foundSufficient, .foundInsufficient, .meansChosen, .callbackPromised,
            .callbackMade, .inquired, .inquiryAnswered, .inquiryWithdrawn, .offered, .offerAccepted, .offerDeclined,
            .escalated:
            readUndertaking(kind, from: &reader)
        case .linked, .unlinked, .becameChild, .leftParent, .waitsForParent, .merged, .absorbed, .split, .declaredMajor,
            .stoodDown,
            .announced, .announcementChanged, .announcementEnded, .joined, .listenerAdded, .mentioned, .personMerged:
            readTie(kind, from: &reader)
        case .referred, .supplierAcknowledged, .supplierNoted, .supplierAsked, .supplierAnswered, .supplierReturned,
            .supplierResolved, .recalled, .supplierUnreachable, .supplierEscalated:
            reader.required("supplier", .identifier()).flatMap { readExchange(kind, with: $0, from: &reader) }
        }
    }

    private static func readExchange(
        _ kind: Kind, with supplier: SupplierID, from reader: inout JSONReader
    ) -> Ticket.Event? {
        switch kind {
        case .referred: withNote(supplier, from: &reader) { .referred($0, note: $1) }
        case .supplierReturned: withNote(supplier, from: &reader) { .supplierReturned($0, note: $1) }
        case .supplierResolved: withNote(supplier, from: &reader) { .supplierResolved($0, note: $1) }
        case .recalled: withNote(supplier, from: &reader) { .recalled($0, note: $1) }
        case .supplierAcknowledged:
            reader.required("reference", .line()).map { .supplierAcknowledged(supplier, reference: $0) }
        case .supplierNoted: reader.required("note", .identifier()).map { .supplierNoted(supplier, note: $0) }
        case .supplierAsked: reader.required("note", .identifier()).map { .supplierAsked(supplier, note: $0) }
        case .supplierAnswered: reader.required("note", .identifier()).map { .supplierAnswered(supplier, note: $0) }
        case .supplierUnreachable: .supplierUnreachable(supplier)
        case .supplierEscalated: ContractMark.read(from: &reader).map { .supplierEscalated(supplier, $0) }
        default: nil
        }
    }

    private static func readResolution(from reader: inout JSONReader) -> Ticket.Event? {
        let knowledge = Ticket.Knowledge.read(from: &reader)
        return withNote(reader.required("outcome", .word()), from: &reader) {
            .resolved($0, note: $1, knowledge: knowledge)
        }
    }

    private static func readUndertaking(_ kind: Kind, from reader: inout JSONReader) -> Ticket.Event? {
        switch kind {
        case .released: .released
        case .foundSufficient: .foundSufficient
        case .ownerChanged: reader.required("owner", .identifier()).map { .ownerChanged($0) }
        case .foundInsufficient:
            both(Responsibility.read(from: &reader), reader.required("note", .identifier()))
                .map { .foundInsufficient($0, note: $1) }
        case .meansChosen: withNote(reader.required("means", .word()), from: &reader) { .meansChosen($0, note: $1) }
        case .callbackPromised: reader.required("due", .moment).map { .callbackPromised(due: $0) }
        case .callbackMade: .callbackMade(note: reader.optional("note", .identifier()))
        case .inquired:
            both(Inquiry.Addressee.read(from: &reader), reader.required("question", .identifier()))
                .map { .inquired($0, question: $1) }
        case .inquiryAnswered:
            both(reader.required("question", .identifier()), reader.required("answer", .identifier()))
                .map { .inquiryAnswered(question: $0, answer: $1) }
        case .inquiryWithdrawn: reader.required("question", .identifier()).map { .inquiryWithdrawn(question: $0) }
        case .offered: withNote(Responsibility.read(from: &reader), from: &reader) { .offered($0, note: $1) }
        case .offerAccepted: Responsibility.read(from: &reader).map { .offerAccepted($0) }
        case .offerDeclined: .offerDeclined(note: reader.optional("note", .identifier()))
        case .escalated:
            both(reader.required("level", .word()), reader.required("reason", .word())).map { level, reason in
                .escalated(level, reason, round: reader.optional("round", .moment))
            }
        default: nil
        }
    }

    private static func readAnnouncement(_ kind: Kind, from reader: inout JSONReader) -> Ticket.Event? {
        let site: SiteID? = reader.optional("site", .identifier())
        return reader.required("words", .identifier()).map { words in
            kind == .announced ? .announced(at: site, words: words) : .announcementChanged(at: site, words: words)
        }
    }

    private static func readTie(_ kind: Kind, from reader: inout JSONReader) -> Ticket.Event? {
        switch kind {
        case .leftParent: .leftParent
        case .waitsForParent: .waitsForParent
        case .declaredMajor: .declaredMajor
        case .stoodDown: .stoodDown
        case .announced, .announcementChanged:
            readAnnouncement(kind, from: &reader)
        case .announcementEnded: .announcementEnded(at: reader.optional("site", .identifier()))
        case .linked, .unlinked:
            both(reader.required("ticket", .identifier()), reader.required("link", .word()))
                .map { kind == .linked ? .linked($0, $1) : .unlinked($0, $1) }
        case .becameChild: reader.required("ticket", .identifier()).map { .becameChild(of: $0) }
        case .merged: reader.required("ticket", .identifier()).map { .merged(into: $0) }
        case .absorbed: reader.required("ticket", .identifier()).map { .absorbed($0) }
        case .split: reader.required("ticket", .identifier()).map { .split(into: $0) }
        case .joined: reader.required("person", .identifier()).map { .joined($0) }
        case .listenerAdded:
            both(reader.required("site", .identifier()), reader.required("position", .identifier()))
                .map { .listenerAdded($0, $1) }
        case .mentioned:
            both(
                reader.required("people", .list(of: .identifier(), count: 1...100)),
                reader.required("entry", .identifier())
            ).map { .mentioned($0, entry: $1) }
        case .personMerged:
            both(reader.required("person", .identifier()), reader.required("into", .identifier()))
                .map { .personMerged($0, into: $1) }
        default: nil
        }
    }

    private static func withNote<Value>(
        _ value: Value?, from reader: inout JSONReader, _ make: (Value, EntryID?) -> Ticket.Event
    ) -> Ticket.Event? {
        let note: EntryID? = reader.optional("note", .identifier())
        return value.map { make($0, note) }
    }
}

extension Ticket.Opening {
    static func read(from reader: inout JSONReader) -> Ticket.Opening? {
        let number: TicketNumber? = reader.required("number", .ticketNumber)
        let origin: SiteID? = reader.required("origin", .identifier())
        let classification = Classification.read(from: &reader)
        let channel: Channel? = reader.required("channel", .word())
        let language = reader.required("language", .line(length: 2...35))
        let requester: PersonID? = reader.required("requester", .identifier())
        let intake = Responsibility.read(from: &reader)
        let entry: EntryID? = reader.optional("entry", .identifier())
        let client: SupplierID? = reader.optional("client", .identifier())
        guard let number, let origin, let classification, let channel, let language, let requester, let intake else {
            return nil
        }
        return Ticket.Opening(
            number: number, origin: origin, classification: classification, channel: channel, language: language,
            requester: requester, intake: intake, entry: entry, client: client)
    }
}

extension Classification {
    static func read(from reader: inout JSONReader) -> Classification? {
        let kind: Ticket.Kind? = reader.required("kind", .word())
        let category: CategoryID? = reader.optional("category", .identifier())
        let impact: Impact? = reader.required("impact", .grade())
        let urgency: Urgency? = reader.required("urgency", .grade())
        let priority: Priority? = reader.required("priority", .grade())
        let tags = reader.optional("tags", .list(of: .code))
        guard let kind, let impact, let urgency, let priority else { return nil }
        return Classification(
            kind: kind, category: category, impact: impact, urgency: urgency, priority: priority, tags: tags ?? [])
    }
}

extension Inquiry.Addressee {
    static func read(from reader: inout JSONReader) -> Inquiry.Addressee? {
        if let supplier: SupplierID = reader.optional("supplier", .identifier()) { return .supplier(supplier) }
        return Place.read(from: &reader).map { .team($0) }
    }
}

extension Place {
    static func read(from reader: inout JSONReader) -> Place? {
        let site: SiteID? = reader.required("site", .identifier())
        let tier = reader.required("tier", .integer(1...99))
        let team: TeamID? = reader.required("team", .identifier())
        guard let site, let tier, let team else { return nil }
        return Place(site: site, tier: tier, team: team)
    }
}

extension Responsibility {
    static func read(from reader: inout JSONReader) -> Responsibility? {
        let place = Place.read(from: &reader)
        let position: PositionID? = reader.required("position", .identifier())
        let person: PersonID? = reader.optional("person", .identifier())
        let isConfidential = reader.optional("confidential", .boolean) ?? false
        guard let place, let position else { return nil }
        return Responsibility(place: place, position: position, person: person, isConfidential: isConfidential)
    }
}

extension Changes {
    static func read(from reader: inout JSONReader) -> Changes {
        var changes = Changes()
        changes.kind = reader.optional("kind", .word())
        let category: JSONGiven<CategoryID> = reader.given("category", .identifier())
        switch category {
        case .absent: break
        case .null: changes.removesCategory = true
        case .value(let category): changes.category = category
        }
        changes.impact = reader.optional("impact", .grade())
        changes.urgency = reader.optional("urgency", .grade())
        changes.priority = reader.optional("priority", .grade())
        changes.basis = reader.optional("basis", .word())
        changes.reason = reader.optional("reason", .identifier())
        changes.tags = reader.optional("tags", .list(of: .code))
        changes.language = reader.optional("language", .line(length: 2...35))
        changes.editsSubject = reader.optional("subject", .boolean) ?? false
        changes.isRuled = reader.optional("ruled", .boolean) ?? false
        return changes
    }
}

/// The two together, if both are there. Both are asked for in any case, so that the faults of both are told.
private func both<One, Other>(_ one: One?, _ other: Other?) -> (One, Other)? {
    guard let one, let other else { return nil }
    return (one, other)
}
