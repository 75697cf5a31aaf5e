import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import Moments

/// The clocks of a ticket: when each is due, how much is used, and the arithmetic behind it.
struct ClocksPanel {
    let teller: TicketTeller

    private var wording: Wording { teller.wording }

    var html: HTML? {
        if teller.view.clocks.isEmpty { return nil }
        let clocks = teller.view.clocks.map(\.clock)
        // What runs comes first; rounds that are over are many on a ticket that was written about much.
        let sorted = clocks.filter { !$0.isStopped } + clocks.filter(\.isStopped)
        return """
            <section class="panel"><h2>\(wording(.clocksTitle))</h2>\(sorted.map { clock($0) })\(attribution)</section>
            """
    }

    /// Every minute of the ticket's life under the name of whoever had it.
    private var attribution: HTML {
        let attribution = Attribution(teller.view.legs, until: teller.view.asOf)
        let rows = attribution.shares.map { share -> HTML in
            "<tr><td>\(teller.name(of: share.holder))</td><td class=\"num\">\(duration(share.microseconds))</td></tr>"
        }
        return """
            <details class="action"><summary>\(wording(.clocksWhose)): \(duration(attribution.total))</summary>
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(wording(.clocksWhose))">
            <table class="table table-plain"><thead><tr><th scope="col">\(wording(.columnHolder))</th>\
            <th scope="col">\(wording(.clockUsed))</th></tr></thead><tbody>\(rows)</tbody></table></div></details>
            """
    }

    /// Whose promise the clock measures, where it is not the desk's for the ticket.
    private func subject(of clock: Clock) -> String {
        switch clock.key.subject {
        case .ticket: ""
        case .team(let team): ": " + teller.name(of: team)
        case .supplier(let supplier): ": " + teller.name(of: supplier)
        }
    }

    private func clock(_ clock: Clock) -> HTML {
        let (used, target) = (clock.elapsed(at: teller.view.asOf), clock.budget)
        let isLate = used > target
        let share = min(1, Double(used) / Double(max(1, target)))
        let fill =
            isLate ? "meter-fill meter-late" : clock.state == .paused ? "meter-fill meter-paused" : "meter-fill"
        let words = wording(.clockOf, ["used": duration(used), "target": duration(target)])
        return """
            <div><h3>\(wording(.measure, clock.measure.rawValue))\(subject(of: clock)) \
            <span class="muted">\(wording(.clockState, clock.state.rawValue))</span></h3>
            <svg class="meter" aria-hidden="true"><rect class="meter-track" width="100%" height="10"/>\
            <rect class="\(fill)" width="\(Self.percent(share))" height="10"/></svg>
            \(promise(of: clock))<p>\(words)</p>\(due(clock, isLate: isLate))
            <details class="action"><summary>\(wording(.clockUsed)): \(duration(used))</summary>\(arithmetic(of: clock))</details></div>
            """
    }

    /// What the target is called that the clock measures.
    private func promise(of clock: Clock) -> HTML? {
        let name = clock.target.name
        return name.isEmpty
            ? nil : "<p class=\"muted\">\(wording(.labelled, ["label": wording(.clockTarget), "value": name]))</p>"
    }

    private func due(_ clock: Clock, isLate: Bool) -> HTML? {
        clock.dueAt.map {
            "<p class=\"\(isLate ? "due due-late" : "due")\">\(wording(.clockDue)): \(teller.time($0))</p>"
        }
    }

    /// Every stretch in which the same calendar counted, or nothing did; their sum is what is used.
    private func arithmetic(of clock: Clock) -> HTML {
        let rows = clock.segments.map { segment -> HTML in
            let counted = clock.counted(by: segment, at: teller.view.asOf)
            let why = segment.pause.map { wording(.pause, $0.rawValue) }
            let end: HTML = segment.endedAt.map { teller.time($0) } ?? "<em>\(wording(.journeyNow))</em>"
            return """
                <tr><td>\(teller.name(of: segment.holder))\(why.map { " – \($0)" as HTML })<br>\
                \(teller.time(segment.startedAt)) – \(end)\(hours(of: segment))</td>\
                <td class="num">\(duration(counted))</td></tr>
                """
        }
        // Beside the conversation there is room for two columns.
        let headings: [Catalogue.Phrase] = [.columnHolder, .clockUsed]
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(wording(.clocksCaption))">
            <table class="table table-plain"><thead><tr>\
            \(headings.map { "<th scope=\"col\">\(wording($0))</th>" as HTML })</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    /// By which opening hours a stretch was counted.
    private func hours(of segment: ClockSegment) -> HTML? {
        let directory = teller.view.directory
        guard segment.isCounting, let code = directory.calendar(of: segment.calendar) else { return nil }
        let words =
            code == Target.CalendarPolicy.always.word
            ? wording(.clockAlways)
            : wording(
                .clockCalendar,
                [
                    "calendar": code, "version": String(segment.calendar.rawValue),
                    "zone": directory.zone(of: segment.calendar) ?? "UTC",
                ])
        return "<br><span class=\"muted\">\(words)</span>"
    }

    private func duration(_ microseconds: Int64) -> String { wording.duration(.microseconds(microseconds)) }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
}
