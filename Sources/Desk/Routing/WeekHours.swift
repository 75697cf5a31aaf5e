import JSON
public import TimeZones

/// Hours of some days of the week, by the clock on the wall of a site.
public struct WeekHours: Hashable, Sendable {
    public var days: [Weekday]
    /// A stretch past midnight belongs to the day on which it begins.
    public var hours: OpenInterval
    /// The code of the site on whose wall the clock hangs; nil for the site of origin.
    public var site: String?

    public init(days: [Weekday] = Weekday.allCases, hours: OpenInterval, site: String? = nil) {
        (self.days, self.hours, self.site) = (days, hours, site)
    }

    /// Whether a local time lies within.
    public func contain(_ time: CivilTime) -> Bool {
        let isToday = days.contains(time.weekday) && (hours.start..<hours.end).contains(time.secondOfDay)
        let sinceYesterday = time.secondOfDay + OpenInterval.day
        return isToday || (days.contains(time.date.adding(days: -1).weekday) && hours.end > sinceYesterday)
    }
}

extension WeekHours: CustomStringConvertible {
    public var description: String {
        let names = days.count == Weekday.allCases.count ? [] : days.map(\.word)
        return (names + ["\(hours)"] + [site].compactMap(\.self)).joined(separator: " ")

    }
}

extension WeekHours {
    static func form(_ references: References) -> JSONForm<WeekHours> {
        .object { reader in read(from: &reader, references) }
    }

    /// Reads the members that say hours, among others of the same object.
    static func read(from reader: inout JSONReader, _ references: References) -> WeekHours? {
        let days = reader.optional("days", .list(of: Weekday.form, count: 1...7))
        let hours = reader.required("between", OpenInterval.form)
        let site = reader.optional("site", references.mentioning(.site))
        return hours.map { WeekHours(days: days ?? Weekday.allCases, hours: $0, site: site) }
    }

    var json: JSON {
        var object = JSONObject()
        write(to: &object)
        return .object(object)
    }

    func write(to object: inout JSONObject) {
        if days != Weekday.allCases { object["days"] = days.map(\.word).json }
        object["between"] = [hours.startText, hours.endText].json
        object["site"] = site?.json
    }
}
