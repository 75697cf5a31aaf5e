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
        return """
            <div class="figures">
            \(parts.figure(.reportBegun, hours: times.response.hours))
            \(parts.figure(.reportService, hours: times.service.hours))
            \(parts.figure(.reportThrough, hours: times.through.hours))
            \(parts.figure(.reportCost, money(Double(work.cost)), .reportCostEach, money(each)))
            \(parts.figure(.reportCostLost, money(Double(work.lost)), .reportShare, parts.share(lostShare(work))))
            </div>
            """
    }

    /// How long it took in the hours of whoever had the tickets, and by the clock on the wall.
    var times: HTML {
        "\(times(.reportInHours, \.hours, parts.hours))\(times(.reportOnWall, \.wall, parts.duration))"
    }

    private func times(
        _ title: Catalogue.Phrase, _ clock: KeyPath<Clocked, Spread>, _ written: (Double?) -> String
    ) -> HTML {
        let spreads = [\TimeFigures.response, \.service, \.through].map { $0.appending(path: clock) }
        let heads = spreads.flatMap { _ in [Catalogue.Phrase.reportMedian, .reportNinety, .reportMean] }
        return parts.groups(
            wording(title),
            heads: """
                <tr>\(parts.corner(rows: 2))\(parts.head(.reportBegun, of: 3))\(parts.head(.reportService, of: 3))\
                \(parts.head(.reportThrough, of: 3))</tr><tr>\(heads.map { parts.head($0) })</tr>
                """, report.times.map { ($0.key, $0.times) }, total: report.total.times
        ) { figures, _ in
            spreads.map { figures[keyPath: $0] }.flatMap { [$0.median, $0.ninety, $0.mean] }
                .map { parts.cell(written($0)) }.joined()
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
                \(parts.count(figures.tickets, .worked, group))\(parts.cell(parts.hours(figures.own)))\
                \(parts.cell(parts.hours(figures.suppliers)))\(amounts)
                """
        }
    }

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
                party.holder == .team ? parts.duration(seconds) : ""
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
