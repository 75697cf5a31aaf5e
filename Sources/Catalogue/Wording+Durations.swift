public import Moments

extension Wording {
    /// How a duration is written.
    public enum DurationStyle: Sendable {
        /// 2 h 15 min
        case short
        /// 2 hours 15 minutes, for sentences
        case long
    }

    /// A length of time in its two largest units: days and hours, hours and minutes, minutes, or seconds. Less than
    /// the smaller unit is left out; a negative length is written as a positive one.
    public func duration(_ duration: Duration, _ style: DurationStyle = .short) -> String {
        let seconds = Int(clamping: duration.components.seconds.magnitude)
        let units: [(length: Int, short: Phrase, long: Phrase)] = [
            (86_400, .unitDay, .unitDayLong), (3600, .unitHour, .unitHourLong), (60, .unitMinute, .unitMinuteLong),
            (1, .unitSecond, .unitSecondLong),
        ]
        let largest = units.firstIndex { seconds >= $0.length } ?? units.count - 1
        // Seconds beside minutes are noise.
        let shown = units[largest..<min(largest + 2, max(largest + 1, 3))]
        var rest = seconds
        var parts: [String] = []
        for unit in shown {
            let count = rest / unit.length
            rest -= count * unit.length
            if count > 0 || parts.isEmpty {
                parts.append(self(style == .short ? unit.short : unit.long, ["count": count]))
            }
        }
        return parts.joined(separator: " ")
    }

    /// How far an instant is from now, in its largest unit: `5 minutes ago`, `in 2 hours`.
    public func relative(_ moment: Moment, now: Moment) -> String {
        let seconds = moment.seconds - now.seconds
        let isPast = seconds < 0
        let distance = Int(clamping: seconds.magnitude)
        return switch distance {
        case ..<60: self(.relativeNow)
        case ..<3600: self(isPast ? .minutesAgo : .inMinutes, ["count": distance / 60])
        case ..<86_400: self(isPast ? .hoursAgo : .inHours, ["count": distance / 3600])
        default: self(isPast ? .daysAgo : .inDays, ["count": distance / 86_400])
        }
    }
}
