import Catalogue
import Desk
import HTML

/// The tables of the report on time and cost.
struct CostTables {
    let report: CostReport
    let names: Names

    private var wording: Wording { names.wording }
    private var parts: TableParts { TableParts(question: report.question, names: names) }

    /// The figures that are looked at first.
    var headline: HTML {
        let (times, work) = (report.total.times, report.total.work)
        let each = work.tickets == 0 ? nil : Double(work.cost) / Double(work.tickets)
        let lost = names.roundedMoney(work.lost, report.currency)
        return """
            <div class="figures">
            \(parts.figure(.reportBegun, hours: times.response.hours))
            \(parts.figure(.reportService, hours: times.service.hours))
            \(parts.figure(.reportThrough, hours: times.through.hours))
            \(parts.figure(.reportCost, names.roundedMoney(work.cost, report.currency), .reportCostEach, money(each)))
            \(parts.figure(.reportCostLost, lost, .reportShare, parts.share(lostShare(work))))
            </div>
            """
    }

    /// How long it took in the hours of whoever had the tickets, and by the clock on the wall.
    var times: HTML {
        """
        \(times(.reportBegun, \.response))
        \(times(.reportService, \.service))
        \(times(.reportThrough, \.through))
        """
    }

    private func times(_ title: Catalogue.Phrase, _ part: KeyPath<TimeFigures, Clocked>) -> HTML {
        let heads = [
            Catalogue.Phrase.reportMedian, .reportNinety, .reportMean, .reportMedian, .reportNinety, .reportMean,
        ]
        return parts.groups(
            wording(title),
            heads: """
                <tr>\(parts.corner(rows: 2))\(parts.head(.reportInHours, of: 3))\
                \(parts.head(.reportOnWall, of: 3))</tr><tr>\(heads.map { parts.head($0) })</tr>
                """, report.times.map { ($0.key, $0.times) }, total: report.total.times
        ) { figures, _ in
            let (hours, wall) = (figures[keyPath: part].hours, figures[keyPath: part].wall)
            let cells =
                [hours.median, hours.ninety, hours.mean].map(parts.hours)
                + [wall.median, wall.ninety, wall.mean].map(parts.duration)
            return cells.map(parts.cell).joined()
        }
    }

    /// What was worked by whom, and what it cost.
    var work: HTML? {
        if report.work.isEmpty { return nil }
        let heads = [
            Catalogue.Phrase.reportTickets, .reportWork, .reportSuppliers, .reportCost, .reportCostEach,
            .reportCostLost,
        ]
        return parts.groups(
            wording(.reportWorkTitle), heads: "<tr>\(parts.corner())\(heads.map { parts.head($0) })</tr>",
            report.work.map { ($0.key, $0.work) }, total: report.total.work,
            name: { names.name(ofWorkBy: $0, in: report.question.split) }
        ) { figures, group in
            let each = figures.tickets == 0 ? nil : Double(figures.cost) / Double(figures.tickets)
            let amounts = [Double(figures.cost), each, Double(figures.lost)].map { parts.cell(money($0)) }
            return """
                \(parts.count(figures.tickets, .worked, group))\(worked(figures.own))\
                \(worked(figures.suppliers))\(amounts)
                """
        }
    }

    /// Most of those who work for themselves let no supplier work, and the other way round.
    private func worked(_ seconds: Double) -> HTML { parts.cell(parts.hours(seconds == 0 ? nil : seconds)) }

    /// That some work is in no cost.
    var unrated: HTML? {
        let seconds = report.total.work.unrated
        if seconds == 0 { return nil }
        return """
            <p class="notice notice-warn">\(wording(.reportUnrated, ["time": parts.hours(seconds)]))</p>
            """
    }

    /// Whose the time was from the report to the resolution.
    var parties: HTML? {
        let all = report.parties.reduce(0) { $0 + $1.wall }
        if all == 0 { return nil }
        let heads = [
            Catalogue.Phrase.reportQueue, .reportAtWork, .reportHold, .reportOnWall, .reportInHours, .reportShare,
        ]
        let rows = report.parties.map { party -> HTML in
            let part = party.wall / all
            let ofTeam = [party.queue, party.work, party.hold].map { seconds in
                party.holder == .team ? parts.duration(seconds == 0 ? nil : seconds) : ""
            }
            let hours = party.holder == .requester ? "" : parts.hours(party.hours)
            let cells = (ofTeam + [parts.duration(party.wall), hours, wording.percent(part)]).map(parts.cell)
            return """
                <tr><th scope="row"><bdi>\(names.name(of: party))</bdi></th>\(cells)\(parts.bar(part))</tr>
                """
        }
        return parts.table(
            wording(.reportParties),
            heads: """
                <tr>\(parts.corner(.columnHolder))\(heads.map { parts.head($0) })\
                <th scope="col"><span class="visually-hidden">\(wording(.reportShare))</span></th></tr>
                """, rows: rows)
    }

    private func lostShare(_ work: WorkFigures) -> Double? {
        work.cost == 0 ? nil : Double(work.lost) / Double(work.cost)
    }

    private func money(_ hundredths: Double?) -> String { names.money(hundredths, report.currency) }
}
