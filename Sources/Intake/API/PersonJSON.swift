import Desk
import DeskStore
import Foundation
import JSON
import Moments

/// A person as the API tells of one.
struct PersonJSON {
    let card: PersonCard
    let directory: Directory

    var json: JSON {
        .object([
            "id": card.uuid.uuidString.lowercased(), "name": card.name, "email": card.addresses.first,
            "addresses": card.addresses.json, "language": card.language, "class": card.personClass,
            "home_site": card.homeSite.map { directory.code(of: $0) }, "organisation": card.organisation,
            "relation": card.relation?.rawValue, "works_at_the_desk": card.isColleague,
        ])
    }
}

/// A time in which somebody is not there, as the API tells of it.
struct AbsenceJSON {
    let absence: Absence
    /// The address of the deputy.
    let deputy: String?

    var json: JSON {
        .object([
            "id": absence.id.uuidString.lowercased(), "reason": absence.reason.rawValue,
            "from": absence.since.rfc3339, "until": absence.until?.rfc3339, "deputy": deputy,
        ])
    }
}

/// An entry of a roster as the API tells of it.
struct RosterEntryJSON {
    let entry: RosterEntry
    let people: [PersonID: PersonRecord]

    var json: JSON {
        .object([
            "id": entry.id.uuidString.lowercased(), "person": people[entry.person]?.address,
            "instead_of": entry.insteadOf.flatMap { people[$0]?.address }, "from": entry.since.rfc3339,
            "until": entry.until.rfc3339,
        ])
    }
}
