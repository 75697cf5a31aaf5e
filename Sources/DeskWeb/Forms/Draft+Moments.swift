public import Moments
public import TimeZones

extension Draft {
    /// The instant of a field of day and time, as a browser sends it, in a zone; nil where there is none.
    public func moment(_ field: String, in zone: Zone) -> Moment? {
        let parts = self[field].split { "-T:".contains($0) }.map { Int($0) }
        guard (5...6).contains(parts.count), let year = parts[0], let month = parts[1], let day = parts[2],
            let hour = parts[3], let minute = parts[4], let date = CivilDate(year: year, month: month, day: day),
            let time = CivilTime(date, hour: hour, minute: minute)
        else { return nil }
        return zone.moment(time)
    }

    /// An instant as a field of day and time shows it.
    public static func text(_ moment: Moment, in zone: Zone) -> String {
        let time = zone.local(at: moment)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(time.date)T\(two(time.hour)):\(two(time.minute))"
    }
}
