public import JSON
public import TimeZones

extension CalendarDefinition {
    /// The form of the contract: `{"zone":…,"weekly":…,"holidays":[…],"special":{…}}`, and in an
    /// organisation's document `"holidays_from"` with the address of a feed.
    ///
    /// - Parameter zones: answers with the zone of a name, or throws what to tell about it.
    public static func form(zones: @escaping (String) throws -> Zone) -> JSONForm<CalendarDefinition> {
        .object { reader in read(from: &reader, zones: zones) }
    }

    static func read(
        from reader: inout JSONReader, zones: @escaping (String) throws -> Zone
    ) -> CalendarDefinition? {
        let zone = reader.required("zone", JSONForm<String>.line().checked { try zones($0).name })
        let weekly = reader.required("weekly", Weekly.form)
        let holidays = reader.optional("holidays", .list(of: CalendarDay.form))
        let special = reader.optional("special", .members(names: CalendarDay.form, values: OpenInterval.hours))
        let feed = reader.optional("holidays_from", .webAddress)
        guard let zone, let weekly else { return nil }
        return CalendarDefinition(
            zone: zone, weekly: weekly, holidays: holidays ?? [],
            special: (special ?? []).map { SpecialDay($0.name, hours: $0.value) },
            holidayFeed: feed)
    }

    public var json: JSON {
        var object = JSONObject()
        write(to: &object)
        return .object(object)
    }

    func write(to object: inout JSONObject) {
        object["zone"] = zone.json
        object["weekly"] = weekly.json
        object["holidays"] = .array(holidays.map { $0.description.json })
        object["special"] = .object(JSONObject(special.map { ($0.day.description, OpenInterval.json($0.hours)) }))
        if let holidayFeed { object["holidays_from"] = holidayFeed.json }
    }
}

extension CalendarDefinition.Weekly {
    static var form: JSONForm<Self> {
        .choosing { json in
            guard json.string == nil else {
                return JSONForm<String>.word(among: ["24x7"]).map { _ in .always }
            }
            return JSONForm<[(name: Weekday, value: [OpenInterval])]>
                .members(names: Weekday.form, values: OpenInterval.hours)
                .map { members in
                    var week: [Weekday: [OpenInterval]] = [:]
                    for (day, hours) in members where !hours.isEmpty { week[day] = hours }
                    return .hours(week)
                }
        }
    }

    var json: JSON {
        switch self {
        case .always: "24x7"
        case .hours(let week):
            .object(
                JSONObject(Weekday.allCases.compactMap { day in week[day].map { (day.word, OpenInterval.json($0)) } }))
        }
    }
}

extension CalendarDay {
    static var form: JSONForm<CalendarDay> {
        JSONForm<String>.line()
            .checked(
                "must be a day that exists, such as 2026-12-25, or --05-01 for every year",
                pattern: "^(-|[0-9]{4})-[0-9]{2}-[0-9]{2}$"
            ) { CalendarDay($0) }
    }
}

extension OpenInterval {
    static var hours: JSONForm<[OpenInterval]> { .list(of: form, count: 0...48) }

    static var form: JSONForm<OpenInterval> {
        JSONForm<[Int]>.list(of: time, count: 2...2)
            .checked("must begin before 24:00") { times in OpenInterval(from: times[0], to: times[1]) }
    }

    private static var time: JSONForm<Int> {
        JSONForm<String>.line().checked("must be a time of day such as 08:00, at most 24:00") { seconds($0) }
    }

    static func json(_ hours: [OpenInterval]) -> JSON {
        .array(hours.map { [$0.startText.json, $0.endText.json] })
    }
}
