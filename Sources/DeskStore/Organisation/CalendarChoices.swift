import JSON
import Moments

/// Which calendar everybody goes by, as a version of the organisation document says it.
///
/// It is read from the text and not from the document's form: what a document said years ago is to be known also where
/// the form has become stricter since.
struct CalendarChoices: Sendable, Equatable {
    /// By code; of teams and suppliers only those that have one of their own.
    let sites: [String: String]
    let teams: [String: String]
    let suppliers: [String: String]
    let defaultSite: String

    init(document: JSON) {
        sites = Self.calendars(document["sites"]) { $0["calendar"] }
        teams = Self.calendars(document["teams"]) { $0["calendar"] }
        suppliers = Self.calendars(document["suppliers"]) { $0["contract"]?["calendar"] }
        defaultSite = document["default_site"]?.string ?? ""
    }

    private static func calendars(_ list: JSON?, of calendar: (JSON) -> JSON?) -> [String: String] {
        var calendars: [String: String] = [:]
        for one in list?.array ?? [] {
            if let code = one["code"]?.string { calendars[code] = calendar(one)?.string }
        }
        return calendars
    }

    /// The calendar of a team that acts for a site. What the document does not name goes by what is left: by the
    /// site's, or the first one's.
    func calendar(ofTeam team: String, at site: String) -> String {
        teams[team] ?? sites[site] ?? sites[defaultSite] ?? ""
    }
}
