import Catalogue
import Desk
import HTML

/// The tables of the report on suppliers.
struct SupplierTables {
    let report: SupplierReport
    let names: Names

    private var wording: Wording { names.wording }
    private var parts: TableParts { TableParts(question: report.question, names: names) }

    /// The figures that are looked at first.
    var headline: HTML {
        let total = report.total
        return """
            <div class="figures">
            \(parts.figure(.reportReferred, wording.number(total.referred), .reportReferredAgain,
                wording.number(total.again)))
            \(parts.figure(.reportAcknowledgedWithin, hours: total.acknowledgement.hours))
            \(parts.figure(.reportSolvedWithin, hours: total.solution.hours))
            \(parts.figure(wording(.measure, Measure.supplierResolution.rawValue),
                parts.share(total.solvedInTime.share), .reportMissed, wording.number(total.solvedInTime.missed)))
            \(parts.figure(.reportWithSupplier, wording.number(total.held), .reportOldest,
                parts.duration(total.oldest)))
            </div>
            """
    }

    /// The scorecards.
    var groups: HTML {
        let heads: [Catalogue.Phrase] = [
            .reportReferred, .reportReferredAgain, .reportAcknowledgedWithin, .reportResolved, .reportSolvedWithin,
            .reportNinety, .reportHandedBack, .supplierStateWithdrawn, .reportWithSupplier, .reportOldest,
        ]
        return parts.groups(
            wording(.reportSuppliersTitle), heads: "<tr>\(parts.corner())\(heads.map { parts.head($0) })</tr>",
            report.groups.map { ($0.key, $0.figures) }, total: report.total, isWide: true
        ) { figures, group in
            """
            \(count(figures.referred, .referred, group))\(count(figures.again, .again, group))\
            \(parts.cell(parts.hours(figures.acknowledgement.hours.median)))\
            \(count(figures.solution.hours.count, .resolved, group))\
            \(parts.cell(parts.hours(figures.solution.hours.median)))\
            \(parts.cell(parts.hours(figures.solution.hours.ninety)))\
            \(count(figures.returned, .returned, group))\(count(figures.withdrawn, .withdrawn, group))\
            \(count(figures.held, .held, group))\(parts.cell(parts.duration(figures.oldest)))
            """
        }
    }

    private func count(_ number: Int, _ count: ReferralCount, _ group: Listing.Group) -> HTML {
        parts.count(number, .referral(count), group)
    }

    /// How far the contracts were kept.
    var contracts: HTML? {
        let measures = SupplierFigures.promised.filter { report.total.inTime($0) != TargetFigures() }
        if measures.isEmpty { return nil }
        let over = measures.map { measure -> HTML in
            "<th scope=\"colgroup\" colspan=\"3\" class=\"num\">\(wording(.measure, measure.rawValue))</th>"
        }
        let heads = measures.flatMap { _ in [Catalogue.Phrase.reportMet, .reportMissed, .reportShare] }
        return parts.groups(
            wording(.reportContracts),
            heads: "<tr>\(parts.corner(rows: 2))\(over)</tr><tr>\(heads.map { parts.head($0) })</tr>",
            report.groups.map { ($0.key, $0.figures) }, total: report.total, isWide: true
        ) { figures, group in
            measures.map { measure -> HTML in
                let own = figures.inTime(measure)
                return """
                    \(parts.count(own.met, .met(measure), group))\(parts.count(own.missed, .missed(measure), group))\
                    \(parts.cell(parts.share(own.share)))
                    """
            }.joined()
        }
    }

    /// How each went from month to month; nothing within a single one.
    var months: HTML? {
        if report.question.period.months.count < 2 { return nil }
        let heads: [Catalogue.Phrase] = [
            .reportReferred, .reportReferredAgain, .reportAcknowledgedWithin, .reportResolved, .reportSolvedWithin,
            .reportHandedBack,
        ]
        let promises = SupplierFigures.promised.map { measure -> HTML in
            "<th scope=\"col\" class=\"num\">\(wording(.measure, measure.rawValue))</th>"
        }
        let rows = report.groups.flatMap { group in
            group.months.map { month -> HTML in
                let name = names.name(of: group.key, in: report.question.split)
                return """
                    <tr><th scope="row"><bdi>\(name)</bdi></th><td>\(wording.month(month.first))</td>\
                    \(cells(month.figures))</tr>
                    """
            }
        }
        return parts.table(
            wording(.reportMonths),
            heads: """
                <tr>\(parts.corner())<th scope="col">\(wording(.reportMonth))</th>\
                \(heads.map { parts.head($0) })\(promises)</tr>
                """, rows: rows, isWide: true)
    }

    private func cells(_ figures: SupplierFigures) -> HTML {
        [
            wording.number(figures.referred), wording.number(figures.again),
            parts.hours(figures.acknowledgement.hours.median), wording.number(figures.solution.hours.count),
            parts.hours(figures.solution.hours.median), wording.number(figures.returned),
            parts.share(figures.acknowledgedInTime.share), parts.share(figures.solvedInTime.share),
        ].map { parts.cell($0) }.joined()
    }
}

extension ReferralCount {
    var phrase: Catalogue.Phrase {
        switch self {
        case .referred: .reportReferred
        case .again: .reportReferredAgain
        case .resolved: .supplierStateResolved
        case .returned: .reportHandedBack
        case .withdrawn: .supplierStateWithdrawn
        case .held: .reportWithSupplier
        }
    }
}
