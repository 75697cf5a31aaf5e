import JSON

extension AutomationRule {
    static func form(_ references: References) -> JSONForm<AutomationRule> {
        .object { reader in
            let name = reader.required("name", references.defining(.automation, .line(length: 1...100)))
            let isEnabled = reader.optional("enabled", .boolean)
            let kinds = reader.optional(
                "on", .list(of: .word(among: eventKinds.map(\.rawValue)), count: 1...eventKinds.count))
            let origins = reader.optional("by", JSONForm<[Origin]>.list(of: .word(), count: 1...10))
            let measures = reader.optional("measures", JSONForm<[Measure]>.list(of: .word(), count: 1...20))
            let wait = reader.optional("after", Wait.form(references))
            let condition = reader.optional("when", AutomationCondition.form(references))
            let actions = reader.required("do", .list(of: AutomationAction.form(references), count: 1...20))
            let occurrence = kinds.map { kinds in
                Occurrence(
                    kinds.compactMap { Ticket.Event.Kind(rawValue: $0) }, by: origins ?? [], measures: measures ?? [])
            }
            checkTrigger(&reader, occurrence)
            guard let name, let actions, let trigger = wait.map(Trigger.time) ?? occurrence.map(Trigger.event) else {
                return nil
            }
            return AutomationRule(
                name: name, isEnabled: isEnabled ?? true, trigger: trigger,
                condition: condition ?? AutomationCondition(), actions: actions)
        }
    }

    private static func checkTrigger(_ reader: inout JSONReader, _ occurrence: Occurrence?) {
        switch (reader.has("on"), reader.has("after")) {
        case (false, false): reader.fault(nil, "is never asked; say \"on\" with events or \"after\" with a time")
        case (true, true): reader.fault("after", "stands beside \"on\"; make it a rule of its own")
        default: break
        }
        for name in ["by", "measures"] where reader.has(name) && !reader.has("on") {
            reader.fault(name, "says who or what an event in \"on\" concerns; leave it out")
        }
        let tellsOfClocks = occurrence.map { !Set($0.kinds).isDisjoint(with: [.deadlineNear, .deadlineMissed]) }
        if reader.has("measures"), tellsOfClocks == false {
            reader.fault("measures", "concerns deadline_near and deadline_missed, which \"on\" does not name")
        }
    }

    var json: JSON {
        var object = JSONObject([("name", name.json)])
        if !isEnabled { object["enabled"] = false }
        switch trigger {
        case .event(let occurrence):
            object["on"] = occurrence.kinds.map(\.rawValue).json
            if !occurrence.origins.isEmpty { object["by"] = occurrence.origins.map(\.rawValue).json }
            if !occurrence.measures.isEmpty { object["measures"] = occurrence.measures.map(\.rawValue).json }
        case .time(let wait): object["after"] = wait.json
        }
        if condition != AutomationCondition() { object["when"] = condition.json }
        object["do"] = .array(actions.map(\.json))
        return .object(object)
    }
}

extension AutomationRule.Wait {
    static func form(_ references: References) -> JSONForm<Self> {
        .object { reader in
            let seconds = reader.required("wait", WorkingTime.form)
            let states = reader.required("while", JSONForm<[Ticket.State]>.list(of: .word(), count: 1...8))
            let since: AutomationRule.Since? = reader.optional("since", .word())
            let hours = reader.optional("hours", AutomationRule.Hours.form(references))
            guard let seconds, let states else { return nil }
            return Self(seconds: seconds, while: states, since: since ?? .state, hours: hours ?? .always)
        }
    }

    var json: JSON {
        var object = JSONObject([
            ("wait", WorkingTime.text(seconds).json), ("while", states.map(\.rawValue).json),
        ])
        if since != .state { object["since"] = since.rawValue.json }
        if hours != .always { object["hours"] = hours.json }
        return .object(object)
    }
}

extension AutomationRule.Hours {
    /// `always`, `team`, or the code of a calendar.
    static func form(_ references: References) -> JSONForm<Self> {
        .choosing(among: ["always", "team", "a-calendar"]) { json in
            switch json.string {
            case "always": JSONForm<String>.line().map { _ in .always }
            case "team": JSONForm<String>.line().map { _ in .team }
            default: references.mentioning(.calendar).map { .calendar($0) }
            }
        }
    }

    var json: JSON {
        switch self {
        case .always: "always"
        case .team: "team"
        case .calendar(let code): code.json
        }
    }
}
