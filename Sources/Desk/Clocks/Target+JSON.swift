import JSON

extension Target {
    static func form(_ references: References) -> JSONForm<Target> {
        .object { reader in
            let name = reader.required("name", .line())
            let measure: Measure? = reader.required("measure", .word())
            let kinds = reader.optional("kinds", JSONForm<[Ticket.Kind]>.list(of: .word()))
            let priorities = reader.optional("priorities", JSONForm<[Priority]>.list(of: .grade()))
            let sites = reader.optional("sites", .list(of: references.mentioning(.site)))
            let seconds = reader.required("within", WorkingTime.form)
            let calendar = reader.optional("calendar", CalendarPolicy.form(references))
            let pauses = reader.optional("pauses", JSONForm<[PauseReason]>.list(of: PauseReason.form))
            let warning = reader.optional("warning_percent", .integer(1...99))
            guard let name, let measure, let seconds else { return nil }
            return Target(
                name: name, measure: measure, kinds: kinds ?? [], priorities: priorities ?? [], sites: sites ?? [],
                seconds: seconds, calendar: calendar ?? .holder, pauses: pauses.map { Set($0) } ?? usualPauses,
                warningPercent: warning ?? usualWarningPercent)
        }
    }

    var json: JSON {
        .object([
            "name": name, "measure": measure.rawValue, "kinds": kinds.map(\.rawValue),
            "priorities": priorities.map(\.rawValue), "sites": sites, "within": WorkingTime.text(seconds),
            "calendar": calendar.word, "pauses": PauseReason.allCases.filter(pauses.contains).map(\.rawValue),
            "warning_percent": warningPercent,
        ])
    }
}

extension Target.CalendarPolicy {
    /// Words that cannot be the codes of calendars.
    static let words = ["holder", "origin"]

    static func form(_ references: References) -> JSONForm<Target.CalendarPolicy> {
        .choosing { json in
            switch json.string {
            case "holder": JSONForm<String>.line().map { _ in .holder }
            case "origin": JSONForm<String>.line().map { _ in .origin }
            default: references.mentioning(.calendar).map { .agreement($0) }
            }
        }
    }

    fileprivate var word: String {
        switch self {
        case .holder: "holder"
        case .origin: "origin"
        case .agreement(let code): code
        }
    }
}

extension PauseReason {
    /// The reasons that a target may choose; between resolution and reopening nothing ever counts.
    fileprivate static var form: JSONForm<PauseReason> {
        let choices = allCases.filter { $0 != .resolved }.map(\.rawValue)
        return JSONForm<String>.word(among: choices).checked("is not a known word") { PauseReason(rawValue: $0) }
    }
}
