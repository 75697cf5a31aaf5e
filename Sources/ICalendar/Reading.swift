import TimeZones

/// A file while it is read.
struct Reading {
    let zone: Zone
    let limits: HolidayFile.Limits
    var events: [Event] = []
    private(set) var faults: [HolidayFile.Fault] = []
    private(set) var omitted = 0
    /// The components that are open, the innermost last.
    private var open: [(name: String, line: Int)] = []
    private var event: Event?
    /// Why the event that is open is left out.
    private var eventFault: HolidayFile.Fault?
    private var hasCalendar = false

    private static let noCalendar = LineFault("there is no calendar in the file: it has no BEGIN:VCALENDAR")

    init(zone: Zone, limits: HolidayFile.Limits) { (self.zone, self.limits) = (zone, limits) }

    mutating func tell(_ line: Int, _ reason: String) {
        if faults.count < limits.faults {
            faults.append(HolidayFile.Fault(line: line, reason: reason))
        } else {
            omitted += 1
        }
    }

    mutating func read(_ bytes: [UInt8]) {
        for (text, number) in UnfoldedLines(bytes) {
            do throws(LineFault) {
                try read(ContentLine(text, number: number))
            } catch {
                tell(number, error.reason)
                // Without a calendar around it, one sentence says enough of what is no calendar.
                if !hasCalendar { return }
            }
            guard events.count < limits.events else {
                return tell(number, "there are more than \(limits.events) events; the rest is not read")
            }
        }
        for component in open.reversed() { tell(component.line, "\(component.name) is not closed") }
        if !hasCalendar { tell(1, Self.noCalendar.reason) }
    }

    private mutating func read(_ line: ContentLine) throws(LineFault) {
        switch line.name {
        case "BEGIN": try begin(line.word, at: line.number)
        case "END": try end(line.word)
        default:
            guard hasCalendar else { throw Self.noCalendar }
            guard open.last?.name == "VEVENT" else { return }
            do throws(LineFault) {
                try event?.read(line, in: zone)
            } catch {
                eventFault = eventFault ?? HolidayFile.Fault(line: line.number, reason: error.reason)
            }
        }
    }

    private mutating func begin(_ name: String, at line: Int) throws(LineFault) {
        if name == "VCALENDAR" { hasCalendar = true }
        guard hasCalendar else { throw Self.noCalendar }
        if name == "VEVENT" {
            // One that was not closed is left out; the end of the file or of the calendar tells so.
            (event, eventFault) = (Event(line: line), nil)
        }
        open.append((name, line))
    }

    private mutating func end(_ name: String) throws(LineFault) {
        guard let place = open.lastIndex(where: { $0.name == name }) else {
            throw LineFault("END:\(name) closes nothing")
        }
        for component in open[(place + 1)...] { tell(component.line, "\(component.name) is not closed") }
        open.removeSubrange(place...)
        guard name == "VEVENT", let event else { return }
        self.event = nil
        if let eventFault {
            tell(eventFault.line, "the event of line \(event.line) is left out: \(eventFault.reason)")
            return
        }
        do throws(LineFault) {
            if !event.isCancelled { _ = try event.span() }
            events.append(event)
        } catch {
            tell(
                event.line,
                "the event\(event.summary.isEmpty ? "" : " \"\(event.summary)\"") is left out: \(error.reason)")
        }
    }

    /// All days of all events that reach into some days, in no order.
    mutating func days(in range: ClosedRange<CivilDate>) -> [(date: CivilDate, name: String)] {
        let counting = newestVersions()
        // An instance that has an event of its own does not come by the rule.
        var replaced: [String: Set<CivilDate>] = [:]
        for event in counting {
            guard let identity = event.identity, let instance = event.instance else { continue }
            replaced[identity, default: []].formUnion([instance.date, instance.universal?.date ?? instance.date])
        }
        var days: [(date: CivilDate, name: String)] = []
        var budget = limits.days
        for event in counting where !event.isCancelled {
            guard let span = try? event.span() else { continue }
            let rest = event.instance == nil ? event.identity.flatMap { replaced[$0] } : nil
            guard let starts = event.starts(of: span, in: range, without: rest ?? [], budget: &budget) else {
                tell(event.line, "the events from here on are left out: their rules go on for too long")
                break
            }
            for start in starts {
                for offset in 0..<span.count { days.append((start.adding(days: offset), event.summary)) }
            }
        }
        return days
    }

    /// The events without those that a later version of the same event stands for (RFC 5545 section 3.8.7.4). Feeds
    /// that give all their events one identity and no versions lose none.
    private func newestVersions() -> [Event] {
        struct Key: Hashable {
            let identity: String
            let instance: CivilDate?
        }
        func key(_ event: Event) -> Key? {
            event.identity.map { Key(identity: $0, instance: event.instance?.date) }
        }
        var newest: [Key: Int] = [:]
        for event in events {
            if let key = key(event) { newest[key] = max(newest[key] ?? 0, event.version) }
        }
        return events.filter { event in key(event).map { newest[$0] == event.version } ?? true }
    }
}
