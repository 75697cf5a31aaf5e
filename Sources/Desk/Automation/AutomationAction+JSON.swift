import JSON

extension AutomationAction {
    /// An object with one member, whose name is the verb.
    static func form(_ references: References) -> JSONForm<AutomationAction> {
        .object { reader in
            let priority = reader.optional("priority", priorityForm)
            let category = reader.optional("category", references.mentioning(.category))
            let addTags = reader.optional("add_tags", JSONForm<[String]>.list(of: .code, count: 1...20))
            let removeTags = reader.optional("remove_tags", JSONForm<[String]>.list(of: .code, count: 1...20))
            let assign = reader.optional("assign", Destination.form(references))
            let handOver = reader.optional("hand_over", handOverForm(references))
            let refer = reader.optional("refer", referForm(references))
            let note = reader.optional("note", AutomationText.form)
            let message = reader.optional("message", AutomationText.form)
            let tell = reader.optional("tell", tellForm(references))
            let escalate = reader.optional("escalate", escalateForm)
            let ask = reader.optional("ask", AutomationText.form)
            let hold = reader.optional("hold", holdForm)
            let resume = reader.optional("resume", JSONForm<Bool>.boolean.checked("must be true") { $0 ? true : nil })
            let resolve = reader.optional("resolve", resolveForm)
            let macro = reader.optional("macro", references.mentioning(.macro))
            let known = Verb.allCases.map(\.rawValue)
            let named = reader.names.filter(known.contains)
            if named.count != 1 {
                reader.fault(nil, "must do one thing: one of \(known.joined(separator: ", "))")
                return nil
            }
            let plain: AutomationAction? = category.map { .category($0) } ?? addTags.map { .addTags($0) }
            let written: AutomationAction? =
                note.map { .note($0) } ?? message.map { .message($0) } ?? ask.map { .ask($0) }
            let moved: AutomationAction? = removeTags.map { .removeTags($0) } ?? assign.map { .assign($0) }
            let ended: AutomationAction? = resume.map { _ in .resume } ?? macro.map { .macro($0) }
            let passed = handOver ?? refer
            return plain ?? written ?? moved ?? ended ?? priority ?? passed ?? tell ?? escalate ?? hold ?? resolve
        }
    }

    private static var priorityForm: JSONForm<AutomationAction> {
        .object { reader in
            let to: Priority? = reader.required("to", .grade())
            let because = reader.required("because", AutomationText.form)
            guard let to, let because else { return nil }
            return .priority(to, because: because)
        }
    }

    private static func handOverForm(_ references: References) -> JSONForm<AutomationAction> {
        .object { reader in
            let to = reader.required("to", Destination.form(references))
            let note = reader.required("note", AutomationText.form)
            guard let to, let note else { return nil }
            return .handOver(to, note: note)
        }
    }

    private static func referForm(_ references: References) -> JSONForm<AutomationAction> {
        .object { reader in
            let supplier = reader.required("supplier", references.mentioning(.supplier))
            let note = reader.required("note", AutomationText.form)
            guard let supplier, let note else { return nil }
            return .refer(supplier, note: note)
        }
    }

    private static func tellForm(_ references: References) -> JSONForm<AutomationAction> {
        .object { reader in
            let position = reader.optional("position", references.mentioning(.position))
            let team = reader.optional("team", references.mentioning(.team))
            let level: EscalationLevel? = reader.optional("level", .word())
            let text = reader.required("text", AutomationText.form)
            let named = reader.names.filter(["position", "team", "level"].contains)
            if named.count != 1 { reader.fault(nil, "must name one who is told: a position, a team or a level") }
            let whom: Recipient? =
                position.map { .position($0) } ?? team.map { .team($0) } ?? level.map { .level($0) }
            guard let whom, let text else { return nil }
            return .tell(whom, text)
        }
    }

    private static var escalateForm: JSONForm<AutomationAction> {
        .object { reader in
            let level: EscalationLevel? = reader.required("level", .word())
            let reason: EscalationReason? = reader.optional("because", .word())
            return level.map { .escalate($0, reason ?? .needsDecision) }
        }
    }

    private static var holdForm: JSONForm<AutomationAction> {
        .object { reader in .hold(reader.optional("note", AutomationText.form)) }
    }

    private static var resolveForm: JSONForm<AutomationAction> {
        .object { reader in
            let outcome: Ticket.Outcome? = reader.required("outcome", .word())
            let text = reader.optional("text", AutomationText.form)
            return outcome.map { .resolve($0, text) }
        }
    }

    var json: JSON {
        let value: JSON =
            switch self {
            case .priority(let to, let because): ["to": to.rawValue.json, "because": because.json]
            case .category(let code), .macro(let code): code.json
            case .addTags(let tags), .removeTags(let tags): tags.json
            case .assign(let to): to.json
            case .handOver(let to, let note): ["to": to.json, "note": note.json]
            case .refer(let supplier, let note): ["supplier": supplier.json, "note": note.json]
            case .note(let text), .message(let text), .ask(let text): text.json
            case .tell(let whom, let text): .object(JSONObject([whom.member, ("text", text.json)]))
            case .escalate(let level, let reason): ["level": level.rawValue.json, "because": reason.rawValue.json]
            case .hold(let note): .object(JSONObject(note.map { [("note", $0.json)] } ?? []))
            case .resume: true
            case .resolve(let outcome, let text):
                .object(JSONObject([("outcome", outcome.rawValue.json)] + (text.map { [("text", $0.json)] } ?? [])))
            }
        return .object(JSONObject([(verb.rawValue, value)]))
    }
}

extension AutomationAction.Destination {
    static func form(_ references: References) -> JSONForm<Self> {
        .object { reader in
            let team = reader.optional("team", references.mentioning(.team))
            let position = reader.optional("position", references.mentioning(.position))
            if reader.names.filter(["team", "position"].contains).count != 1 {
                reader.fault(nil, "must name a team or a position")
            }
            return team.map { .team($0) } ?? position.map { .position($0) }
        }
    }

    var json: JSON {
        switch self {
        case .team(let code): ["team": code.json]
        case .position(let code): ["position": code.json]
        }
    }
}

extension AutomationAction.Recipient {
    fileprivate var member: (String, JSON) {
        switch self {
        case .position(let code): ("position", code.json)
        case .team(let code): ("team", code.json)
        case .level(let level): ("level", level.rawValue.json)
        }
    }
}
