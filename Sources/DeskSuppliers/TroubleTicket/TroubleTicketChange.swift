public import JSON
public import Moments

/// What a supplier changes about a ticket that it has from us, read out of a patch.
public struct TroubleTicketChange: Hashable, Sendable {
    /// The supplier's own number for it, where that is new.
    public var reference: String?
    public var status: TroubleTicketStatus?
    /// The supplier's word for the state, as it was sent.
    public var statusWord: String?
    public var reason: String?
    /// New notes, the oldest first.
    public var notes: [String] = []
    /// New files, with their content.
    public var files: [TroubleTicket.Attachment] = []
    /// When the supplier expects to have solved it.
    public var expectedResolution: Moment?

    public var isEmpty: Bool { self == TroubleTicketChange() }

    /// What is said about the change: the last new note, or else the reason.
    public var words: String? { notes.last ?? reason }
}

extension TroubleTicketChange {
    /// The members that a supplier may change.
    private static let open: Set<String> = [
        "status", "statusChangeReason", "note", "attachment", "externalIdentifier", "externalId",
        "expectedResolutionDate", "resolutionDate",
    ]

    /// Reads the change that makes one form of a ticket into another. What is sent as it was is no change.
    ///
    /// - Throws: ``TroubleTicketFaults`` with all that a supplier may not change or that cannot be read.
    public init(
        from old: JSON, to new: JSON, in mapping: TroubleTicketMapping, reference: String?
    ) throws(TroubleTicketFaults) {
        var faults: [TroubleTicketFault] = []
        let (before, after) = (old.object ?? JSONObject(), new.object ?? JSONObject())
        for name in Set(before.names + after.names).sorted() where before[name] != after[name] {
            if !Self.open.contains(name) {
                faults.append(.init(.unexpectedProperty, at: name, "is not changed by a supplier; leave it out"))
            }
        }
        let changed = { (name: String) in before[name] != after[name] && Self.open.contains(name) }
        if changed("note") { readNotes(before["note"]?.array ?? [], after["note"], &faults) }
        if changed("attachment") { readFiles(before["attachment"]?.array ?? [], after["attachment"], &faults) }
        if changed("status") { readStatus(after["status"], in: mapping, &faults) }
        if changed("statusChangeReason") { reason = Self.text(after["statusChangeReason"], &faults) }
        if changed("expectedResolutionDate") {
            expectedResolution = Self.date(after["expectedResolutionDate"], "expectedResolutionDate", &faults)
        }
        if changed("resolutionDate") { _ = Self.date(after["resolutionDate"], "resolutionDate", &faults) }
        if changed("externalId") || changed("externalIdentifier") {
            readReference(before, after, known: reference, &faults)
        }
        if expectedResolution != nil, words == nil {
            faults.append(.init(.missingProperty, at: "note", "must say why another date is expected"))
        }
        demandWords(&faults)
        guard faults.isEmpty else { throw TroubleTicketFaults(faults) }
    }

    /// Notes are never changed or taken away, so the list that is sent begins with the one that there is.
    private mutating func readNotes(_ old: [JSON], _ new: JSON?, _ faults: inout [TroubleTicketFault]) {
        guard let list = new?.array, list.count >= old.count, zip(old, list).allSatisfy(Self.isSameNote) else {
            faults.append(
                .init(
                    .invalidValue, at: "note",
                    "holds every note that there was, unchanged and in its order, and new ones behind them; read the "
                        + "ticket again, or add a note by JSON Patch at /note/-"))
            return
        }
        for (place, note) in list.enumerated().dropFirst(old.count) {
            let pointer = JSONPointer(["note", String(place)])
            guard let text = note["text"]?.string, Self.isFit(text) else {
                faults.append(
                    .init(.missingProperty, at: pointer.appending("text"), "must have 1 to 20000 characters"))
                continue
            }
            if note["source"]?.string == TroubleTicket.Source.buyer.rawValue {
                faults.append(.init(.invalidValue, at: pointer.appending("source"), "is seller in what you write"))
            }
            notes.append(text)
        }
    }

    private static func isSameNote(_ old: JSON, _ new: JSON) -> Bool {
        guard let old = old.object, let new = new.object else { return old == new }
        return new["id"] == old["id"] && (new["text"] == nil || new["text"] == old["text"])
    }

    private static func isFit(_ text: String) -> Bool {
        (1...20_000).contains(text.unicodeScalars.count) && !text.unicodeScalars.contains("\0")
    }

    private mutating func readStatus(
        _ json: JSON?, in mapping: TroubleTicketMapping, _ faults: inout [TroubleTicketFault]
    ) {
        guard let word = json?.string, let status = mapping.status(of: word), Self.isOurs(status) else {
            let known = TroubleTicketStatus.allCases.filter(Self.isOurs).map(\.rawValue) + mapping.states.keys.sorted()
            faults.append(.init(.invalidValue, at: "status", "must be one of \(known.joined(separator: ", "))"))
            return
        }
        (self.status, statusWord) = (status, word)
    }

    /// Whether a supplier may set the state: what it reopens or asks to cancel is no state that it sets.
    private static func isOurs(_ status: TroubleTicketStatus) -> Bool {
        status != .reopened && status != .assessingCancellation
    }

    private mutating func readReference(
        _ old: JSONObject, _ new: JSONObject, known: String?, _ faults: inout [TroubleTicketFault]
    ) {
        let kept = Set((old["externalIdentifier"]?.array ?? []).compactMap { $0["id"]?.string })
        let sent = (new["externalIdentifier"]?.array ?? []).compactMap { $0["id"]?.string }
        let member = new["externalIdentifier"] == old["externalIdentifier"] ? "externalId" : "externalIdentifier"
        let given = member == "externalId" ? new["externalId"]?.string : sent.last { !kept.contains($0) }
        guard let given, (1...100).contains(given.unicodeScalars.count), !given.contains(where: \.isNewline),
            !given.unicodeScalars.contains("\0")
        else {
            let detail = "must hold your own number, one line of 1 to 100 characters; it is not taken away again"
            return faults.append(.init(.invalidValue, at: member, detail))
        }
        if given != known { reference = given }
    }

    private mutating func demandWords(_ faults: inout [TroubleTicketFault]) {
        let need: String? =
            switch status {
            case .pending?: "what you need to know before you can go on"
            case .resolved?, .closed?: "how it was solved"
            case .rejected?, .cancelled?: "why you give it back"
            default: nil
            }
        guard let need, words == nil else { return }
        faults.append(.init(.missingProperty, at: "note", "must say \(need); add a note, or a statusChangeReason"))
    }

    private static func text(_ json: JSON?, _ faults: inout [TroubleTicketFault]) -> String? {
        guard let json, !json.isNull else { return nil }
        if let text = json.string, isFit(text) { return text }
        faults.append(.init(.invalidFormat, at: "statusChangeReason", "must have 1 to 20000 characters"))
        return nil
    }

    private static func date(_ json: JSON?, _ name: String, _ faults: inout [TroubleTicketFault]) -> Moment? {
        if let moment = json?.string.flatMap(Moment.init(lenient:)) { return moment }
        faults.append(.init(.invalidFormat, at: name, "must be a time such as 2026-03-12T13:05:00Z"))
        return nil
    }
}
