import Catalogue
import DeskWeb
import HTML
import JSON
import Moments
import TimeZones

/// The reports that there are, by the names with which addresses know them.
enum ReportName: String, CaseIterable, Sendable {
    case service
    case cost
    case outcomes
    case targets
    case suppliers

    var phrase: Catalogue.Phrase {
        switch self {
        case .service: .reportServiceTitle
        case .cost: .reportCostTitle
        case .outcomes: .reportOutcomesTitle
        case .targets: .reportTargetsTitle
        case .suppliers: .reportSuppliersTitle
        }
    }

    /// How its figures are counted.
    var explanation: Catalogue.Phrase {
        switch self {
        case .service: .reportCounting
        case .cost: .reportCostCounting
        case .outcomes: .reportOutcomesCounting
        case .targets: .reportTargetsCounting
        case .suppliers: .reportSuppliersCounting
        }
    }

    /// By what it is broken down if nobody chooses.
    var usualSplit: Split { self == .suppliers ? .supplier : .site }

    /// Its page.
    func link(_ question: Question) -> Link { Link("/reports/\(rawValue)").adding(query: question.members) }
}

/// Figures of a period as people and programs read them.
protocol Report: Sendable {
    var name: ReportName { get }
    var question: Question { get }
    var isEmpty: Bool { get }

    /// The figures on a page.
    func content(_ names: Names, for manager: Manager) -> HTML
    /// The members of the figures; what was asked stands beside them.
    func members(_ names: Names) -> JSON
    func csv(_ names: Names) -> CSV
}

extension Report {
    /// The whole report for programs. Durations are in seconds, shares parts of one.
    func json(_ names: Names) -> JSON {
        let asked: JSON = .object([
            "report": name.rawValue, "from": question.period.first.description,
            "to": question.period.last.description, "zone": question.period.zone.name,
            "counted_until": question.until.rfc3339, "by": question.split.rawValue,
        ])
        return asked.joined(with: members(names))
    }

    /// The name of the file in which its table is kept.
    var fileName: String {
        "\(name.rawValue)-\(question.period.first)-\(question.period.last)-by-\(question.split.rawValue).csv"
    }
}

extension JSON {
    /// An object with the members of another behind its own.
    func joined(with other: JSON) -> JSON {
        guard case .object(var object) = self, case .object(let further) = other else { return self }
        for member in further.members { object[member.name] = member.value }
        return .object(object)
    }
}
