import Desk
import DeskStore
import HTTP
import JSON

/// To whom a program assigns a ticket: a team, a position, a person; what is left out follows from the others.
struct AssignmentRequest: Sendable {
    let team: String?
    let position: String?
    /// The address of the person.
    let person: String?

    static func form(in directory: Directory) -> JSONForm<AssignmentRequest> {
        let organisation = directory.organisation
        return .object { reader in
            let team = reader.optional("team", .word(among: organisation.teams.map(\.code)))
            let position = reader.optional("position", .word(among: organisation.positions.map(\.code)))
            let person = reader.optional("person", TicketRequest.address)
            if !["team", "position", "person"].contains(where: reader.has) {
                reader.fault(nil, "must name a team, a position or a person")
            }
            return AssignmentRequest(team: team, position: position, person: person)
        }
    }

    /// Who answers for the ticket then.
    ///
    /// - Parameter worker: the person, with the teams in which he works.
    func responsibility(for occasion: Occasion, worker: Rights?) throws -> Responsibility {
        let (directory, present) = (occasion.directory, occasion.ticket.responsibility)
        let post = position.flatMap { directory.organisation.position($0) }
        if let team, let post, post.team != team { throw Self.fault("position", "does not belong to team \(team)") }
        let code = team ?? post?.team
        let key = code.flatMap { directory.teams[$0] } ?? present.place.team
        if let worker, !worker.teams.contains(key) {
            throw Self.fault("person", "holds no position in team \(directory.teams.code(of: key))")
        }
        let held = worker?.positions.first { held in
            directory.position(held)?.team == directory.teams.code(of: key)
        }
        let position = position.flatMap { directory.positions[$0] } ?? held
        guard let group = directory.team(key),
            let responsibility = directory.responsibility(
                of: key, at: directory.place(of: group, near: present.place.site), position: position,
                person: worker?.person)
        else { throw Self.fault("team", "has no position that could take the ticket") }
        return responsibility
    }

    static func fault(_ member: String, _ detail: String) -> JSONFaults {
        var faults = JSONFaults()
        faults.add(JSONPointer([member]), detail)
        return faults
    }
}

extension Directory {
    /// The site for which a team takes a ticket that is at another: that one if the team works for it, else its home.
    func place(of team: Team, near site: SiteID) -> SiteID {
        guard !team.serves(code(of: site)) else { return site }
        return team.sites.first.flatMap { sites[$0] } ?? site
    }
}
