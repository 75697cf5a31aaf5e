import Desk
import DeskStore
import JSON

/// Whom a program asks about a ticket without handing it over: a team or a supplier, as an object or by its code.
struct QuestionRequest: Sendable {
    enum Addressee: Sendable {
        case team(String, site: String?)
        case supplier(String)
    }

    let to: Addressee
    let text: String

    static func form(in directory: Directory) -> JSONForm<QuestionRequest> {
        .object { reader in
            let to = reader.required("to", addressee(in: directory.organisation))
            let text = reader.required("text", .text(length: 1...TicketRequest.longestText))
            guard let to, let text else { return nil }
            return QuestionRequest(to: to, text: text)
        }
    }

    private static func addressee(in organisation: Organisation) -> JSONForm<Addressee> {
        let (teams, suppliers) = (organisation.teams.map(\.code), organisation.suppliers.map(\.code))
        return .choosing { json in
            guard json.string == nil else {
                return JSONForm<String>.word(among: teams + suppliers)
                    .map { teams.contains($0) ? .team($0, site: nil) : .supplier($0) }
            }
            return .object { reader in
                let team = reader.optional("team", .word(among: teams))
                let site = reader.optional("site", .word(among: organisation.sites.map(\.code)))
                let supplier = reader.optional("supplier", .word(among: suppliers))
                if reader.has("team") == reader.has("supplier") {
                    reader.fault(nil, "must name either a team or a supplier")
                } else if reader.has("site"), reader.has("supplier") {
                    reader.fault("site", "goes with a team, not with a supplier")
                } else if let team, let site, organisation.team(team)?.serves(site) == false {
                    reader.fault("site", "is none for which team \(team) works")
                }
                return team.map { .team($0, site: site) } ?? supplier.map { .supplier($0) }
            }
        }
    }

    /// The one who is asked, by the keys of the desk.
    func addressee(for occasion: Occasion) throws -> Inquiry.Addressee {
        let directory = occasion.directory
        switch to {
        case .supplier(let code):
            guard let supplier = directory.suppliers[code] else { break }
            return .supplier(supplier)
        case .team(let code, let site):
            guard let team = directory.organisation.team(code), let key = directory.teams[code] else { break }
            let near = site.flatMap { directory.sites[$0] } ?? occasion.ticket.responsibility.place.site
            return .team(Place(site: directory.place(of: team, near: near), tier: team.tier, team: key))
        }
        throw AssignmentRequest.fault("to", "names nobody whom this desk can ask")
    }
}
