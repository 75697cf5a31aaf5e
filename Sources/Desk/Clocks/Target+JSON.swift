import JSON

extension Target {
    static func form(_ references: References) -> JSONForm<Target> {
        .object { reader in
            let name = reader.required("name", .line())
            let measure: Measure? = reader.required("measure", .word())
            let conditions = Conditions.read(from: &reader, references)
            let seconds = reader.required("within", WorkingTime.form)
            let calendar = reader.optional("calendar", CalendarPolicy.form(references))
            let pauses = reader.optional("pauses", JSONForm<[PauseReason]>.list(of: PauseReason.form))
            let percent = reader.optional("warning_percent", .integer(1...99))
            let percents = reader.optional("warning_percents", .list(of: .integer(1...99), count: 0...9))
            let escalations = reader.optional("escalate", EscalationStep.form())
            guard let name, let measure, let seconds else { return nil }
            return Target(
                name: name, measure: measure, for: conditions, seconds: seconds, calendar: calendar ?? .holder,
                pauses: pauses.map { Set($0) },
                warningPercents: percents ?? percent.map { [$0] } ?? usualWarningPercents, escalations: escalations)
        }
    }

    var json: JSON {
        var object = JSONObject([("name", name.json), ("measure", measure.rawValue.json)])
        conditions.write(to: &object)
        object["within"] = WorkingTime.text(seconds).json
        object["calendar"] = calendar.word.json
        object["pauses"] = PauseReason.allCases.filter(pauses.contains).map(\.rawValue).json
        if let only = warningPercents.first, warningPercents.count == 1 {
            object["warning_percent"] = only.json
        } else {
            object["warning_percents"] = warningPercents.json
        }
        if escalations != Self.usualEscalations(of: measure) { object["escalate"] = escalations.map(\.json).json }
        return .object(object)
    }
}

extension Target.Conditions {
    static func read(from reader: inout JSONReader, _ references: References) -> Target.Conditions {
        Target.Conditions(
            kinds: reader.optional("kinds", JSONForm<[Ticket.Kind]>.list(of: .word())) ?? [],
            priorities: reader.optional("priorities", JSONForm<[Priority]>.list(of: .grade())) ?? [],
            categories: reader.optional("categories", .list(of: references.mentioning(.category))) ?? [],
            classes: reader.optional("requester_classes", .list(of: .line(length: 1...64))) ?? [],
            sites: reader.optional("sites", .list(of: references.mentioning(.site))) ?? [],
            teams: reader.optional("teams", .list(of: references.mentioning(.team))) ?? [],
            tiers: reader.optional("tiers", .list(of: .integer(1...99))) ?? [],
            suppliers: reader.optional("suppliers", .list(of: references.mentioning(.supplier))) ?? [])
    }

    func write(to object: inout JSONObject) {
        object["kinds"] = kinds.map(\.rawValue).json
        object["priorities"] = priorities.map(\.rawValue).json
        object["sites"] = sites.json
        let further = [
            ("categories", categories), ("requester_classes", classes), ("teams", teams), ("suppliers", suppliers),
        ]
        for (name, codes) in further where !codes.isEmpty { object[name] = codes.json }
        if !tiers.isEmpty { object["tiers"] = tiers.json }
    }
}

extension Target.CalendarPolicy {
    /// Words that cannot be the codes of calendars.
    static let words = ["holder", "origin", "requester"]

    static func form(_ references: References) -> JSONForm<Target.CalendarPolicy> {
        .choosing { json in
            switch json.string {
            case "holder": JSONForm<String>.line().map { _ in .holder }
            case "origin": JSONForm<String>.line().map { _ in .origin }
            case "requester": JSONForm<String>.line().map { _ in .requester }
            default: references.mentioning(.calendar).map { .agreement($0) }
            }
        }
    }

    /// The policy as a column writes it: a word, a star, or the code of a calendar, which is neither.
    public init(word: String) {
        switch word {
        case "holder": self = .holder
        case "origin": self = .origin
        case "requester": self = .requester
        case "*": self = .always
        default: self = .agreement(word)
        }
    }

    public var word: String {
        switch self {
        case .holder: "holder"
        case .origin: "origin"
        case .requester: "requester"
        case .agreement(let code): code
        case .always: "*"
        }
    }
}

extension PauseReason {
    /// The reasons that a target may choose; where nothing was promised nothing ever counts, and a part that waits with
    /// its whole has nothing to be counted.
    fileprivate static var form: JSONForm<PauseReason> {
        let choices = allCases.filter { ![.resolved, .noTarget, .parent].contains($0) }.map(\.rawValue)
        return JSONForm<String>.word(among: choices).checked("is not a known word") { PauseReason(rawValue: $0) }
    }
}
