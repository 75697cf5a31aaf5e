import Desk
import DeskStore
import Foundation
import HTTP
import JSON
import Moments
import Postgres
import Runtime

/// When people of the desk are not there, and who holds a position when.
extension API {
    var absenceEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.get, "/api/v1/people/:person/absences") { (_, client, person: String) in
                try client.require(.readPeople)
                var rows: [JSON] = []
                for absence in try await store.absences(of: [visible(person, client).id]) {
                    rows.append(try await json(of: absence))
                }
                return Self.answer(rows)
            },
            Endpoint(.post, "/api/v1/people/:person/absences") { (request, client, person: String) in
                try await enter(request, client, person)
            },
            Endpoint(.delete, "/api/v1/absences/:absence") { (request, client, absence: String) in
                try await end(absence: absence, request, client)
            },
            Endpoint(.get, "/api/v1/positions/:position/holders") { (request, client, position: String) in
                try await holders(request, client, position)
            },
            Endpoint(.get, "/api/v1/positions/:position/roster") { (_, client, position: String) in
                try client.require(.readPeople)
                let entries = try await store.rosterEntries(of: [self.position(position, client)])
                let people = try await people(in: entries)
                return Self.answer(entries.map { RosterEntryJSON(entry: $0, people: people).json })
            },
            Endpoint(.post, "/api/v1/positions/:position/roster") { (request, client, position: String) in
                try await roster(request, client, position)
            },
            Endpoint(.delete, "/api/v1/roster-entries/:entry") { (request, client, entry: String) in
                try await end(rosterEntry: entry, request, client)
            },
        ]
    }

    private static func answer(_ rows: [JSON]) -> Response {
        var response = Response(json: JSON.array(rows).bytes())
        response.fields[.cacheControl] = "private, no-cache"
        return response
    }

    private func json(of absence: Absence) async throws -> JSON {
        var deputy: PersonRecord?
        if let person = absence.deputy { deputy = try await store.person(person) }
        return AbsenceJSON(absence: absence, deputy: deputy?.address).json
    }

    private func enter(_ request: Request, _ client: APIClient, _ person: String) async throws -> Response {
        try client.require(.writePeople)
        let card = try await visible(person, client)
        let wish = try request.json().read(AbsenceRequest.form)
        var draft = wish.draft
        if let address = wish.deputy { draft.deputy = try await known(address, "deputy").id }
        return try await IdempotentRequest(request, by: client, store: store).answer { [draft] transaction in
            do {
                let absence = try await store.enter(draft, of: card.id, by: client.actor, using: transaction)
                return Response(.created, json: AbsenceJSON(absence: absence, deputy: wish.deputy).json.bytes())
            } catch let fault as UnfitAbsence {
                throw AssignmentRequest.fault(fault == .ownDeputy ? "deputy" : "until", fault.description)
            }
        }
    }

    private func end(absence name: String, _ request: Request, _ client: APIClient) async throws -> Response {
        try client.require(.writePeople)
        try request.requireNoBody()
        let missing = Problem(.notFound, detail: UnfitAbsence.unknown.description)
        guard let id = UUID(uuidString: name), let absence = try await store.absence(id),
            let card = try await store.card(of: absence.person), client.reaches(card)
        else { throw missing }
        do {
            try await store.end(absence: id, by: client.actor)
        } catch is UnfitAbsence {
            throw missing
        }
        return Response(.noContent)
    }

    private func holders(_ request: Request, _ client: APIClient, _ position: String) async throws -> Response {
        try client.require(.readPeople)
        let key = try await self.position(position, client)
        var moment = store.timekeeper.now
        for pair in request.query.pairs {
            guard pair.name == "at", let at = Moment(rfc3339: pair.value) else {
                throw Problem(.badRequest, detail: "Ask with ?at= a time such as 2026-03-12T13:05:00Z, or nothing.")
            }
            moment = at
        }
        let present = try await store.holders(of: [key], at: moment)
        let people = try await store.people(Set(present.map(\.id)))
        let addresses = Dictionary(people.map { ($0.id, $0.address) }) { first, _ in first }
        return Self.answer(present.map { .object(["email": addresses[$0.id], "name": $0.name]) })
    }

    private func roster(_ request: Request, _ client: APIClient, _ position: String) async throws -> Response {
        try client.require(.writePeople)
        let key = try await self.position(position, client)
        let wish = try request.json().read(RosterRequest.form)
        let person = try await known(wish.person, "person").id
        var other: PersonID?
        if let address = wish.insteadOf { other = try await known(address, "instead_of").id }
        try await checkConfidence(of: position, for: person)
        let since = wish.since ?? store.timekeeper.now
        return try await IdempotentRequest(request, by: client, store: store).answer { [other] transaction in
            do {
                let entry = try await store.roster(
                    person, as: key, since: since, until: wish.until, insteadOf: other, by: client.actor,
                    using: transaction)
                let people = try await people(in: [entry])
                return Response(.created, json: RosterEntryJSON(entry: entry, people: people).json.bytes())
            } catch let fault as UnfitRosterEntry {
                throw AssignmentRequest.fault(fault == .ownStandIn ? "instead_of" : "until", fault.description)
            }
        }
    }

    private func end(rosterEntry name: String, _ request: Request, _ client: APIClient) async throws -> Response {
        try client.require(.writePeople)
        try request.requireNoBody()
        let missing = Problem(.notFound, detail: UnfitRosterEntry.unknown.description)
        guard let id = UUID(uuidString: name), let entry = try await store.rosterEntry(id) else { throw missing }
        let positions = try await store.directory().positions
        _ = try await position(positions.code(of: entry.position), client)
        do {
            try await store.end(rosterEntry: id, by: client.actor)
        } catch is UnfitRosterEntry {
            throw missing
        }
        return Response(.noContent)
    }

    /// The position of a code, within what the token is for: a token of one site knows the positions of its teams.
    private func position(_ code: String, _ client: APIClient) async throws -> PositionID {
        let directory = try await store.directory()
        let team = directory.organisation.position(code).flatMap { directory.organisation.team($0.team) }
        guard let key = directory.positions[code], let team,
            client.site.map({ team.serves(directory.code(of: $0)) }) ?? true
        else { throw Problem(.notFound, detail: "There is no position \(code), or you may not see it.") }
        return key
    }

    /// Nobody comes to see a confidential team's tickets by a roster who does not work in the team.
    private func checkConfidence(of position: String, for person: PersonID) async throws {
        let directory = try await store.directory()
        guard let post = directory.organisation.position(position),
            let team = directory.organisation.team(post.team), team.isConfidential, let key = directory.teams[team.code]
        else { return }
        guard try await store.rights(of: person).teams.contains(key) else {
            throw AssignmentRequest.fault("person", "does not work in the confidential team \(team.code)")
        }
    }

    private func people(in entries: [RosterEntry]) async throws -> [PersonID: PersonRecord] {
        let people = try await store.people(Set(entries.flatMap { [$0.person, $0.insteadOf].compactMap(\.self) }))
        return Dictionary(people.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Somebody of the desk at an address that a member of the body names.
    private func known(_ address: String, _ member: String) async throws -> PersonCard {
        guard let card = try await store.card(at: address), card.isColleague else {
            throw AssignmentRequest.fault(member, "is nobody who works at this desk")
        }
        return card
    }
}
