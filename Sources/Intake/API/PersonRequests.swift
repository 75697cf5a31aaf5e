import Desk
import DeskStore
import Foundation
import HTTP
import JSON
import Moments

/// What a program changes about a person (RFC 7396): what is left out stays, null takes away.
struct PersonPatch: Sendable {
    var changes = PersonChanges()
    /// Which of his addresses is to be the primary one.
    var primary: String?

    static func form(in directory: Directory) -> JSONForm<PersonPatch> {
        .object { reader in
            var patch = PersonPatch()
            patch.changes.name = reader.optional("name", .line(length: 1...200))
            patch.changes.language = reader.optional("language", .line(length: 2...35))
            patch.changes.personClass = reader.optional("class", .line(length: 1...64))
            switch reader.given("home_site", .word(among: directory.organisation.sites.map(\.code))) {
            case .absent: break
            case .null: patch.changes.homeSite = .some(nil)
            case .value(let code): patch.changes.homeSite = .some(directory.sites[code])
            }
            switch reader.given("organisation", .line(length: 1...200)) {
            case .absent: break
            case .null: patch.changes.organisation = .some(nil)
            case .value(let name): patch.changes.organisation = .some(name)
            }
            switch reader.given("relation", JSONForm<PersonCard.Relation>.word()) {
            case .absent: break
            case .null: patch.changes.relation = .some(nil)
            case .value(let relation): patch.changes.relation = .some(relation)
            }
            patch.primary = reader.optional("email", TicketRequest.address)
            return patch
        }
    }
}

/// An absence that a program enters.
struct AbsenceRequest: Sendable {
    var draft: AbsenceDraft
    /// The address of the deputy.
    let deputy: String?

    static var form: JSONForm<AbsenceRequest> {
        .object { reader in
            let reason: Absence.Reason? = reader.required("reason", .word())
            let since = reader.optional("from", .moment)
            let until = reader.optional("until", .moment)
            let deputy = reader.optional("deputy", TicketRequest.address)
            return reason.map {
                AbsenceRequest(draft: AbsenceDraft($0, since: since, until: until), deputy: deputy)
            }
        }
    }
}

/// A dated entry of a roster that a program makes; people by their addresses.
struct RosterRequest: Sendable {
    let person: String
    let insteadOf: String?
    let since: Moment?
    let until: Moment

    static var form: JSONForm<RosterRequest> {
        .object { reader in
            let person = reader.required("person", TicketRequest.address)
            let other = reader.optional("instead_of", TicketRequest.address)
            let since = reader.optional("from", .moment)
            let until = reader.required("until", .moment)
            guard let person, let until else { return nil }
            return RosterRequest(person: person, insteadOf: other, since: since, until: until)
        }
    }
}
