import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTTP
import Postgres

/// The card of a person, and what leads and administrators change about him.
extension Workspace {
    var peopleEndpoints: [Endpoint<Agent>] {
        [
            Endpoint(.get, "/desk/people/:person") { (request: Request, agent: Agent, person: String) in
                let done = request.query["done"].flatMap { Catalogue.Phrase(rawValue: "personDone\($0)") }
                return try await personPage(person, for: agent, done: done).response()
            },
            Endpoint(.post, "/desk/people/:person", body: .collected(limit: 16_384)) {
                (request: Request, agent: Agent, person: String) in
                try await change(person, request, agent)
            },
            Endpoint(.post, "/desk/people/:person/addresses", body: .collected(limit: 4096)) {
                (request: Request, agent: Agent, person: String) in
                try await changeAddresses(of: person, request, agent)
            },
            Endpoint(.post, "/desk/people/:person/merge", body: .collected(limit: 4096)) {
                (request: Request, agent: Agent, person: String) in
                try await merge(person, request, agent)
            },
            Endpoint(.post, "/desk/people/:person/namesakes", body: .collected(limit: 4096)) {
                (request: Request, agent: Agent, person: String) in
                try await tellApart(person, request, agent)
            },
        ]
    }

    /// The card of an identity; of somebody who was merged that of who he is.
    private func card(_ identity: String) async throws -> PersonCard {
        var card: PersonCard?
        if let uuid = UUID(uuidString: identity) { card = try await website.store.card(of: uuid) }
        if let survivor = card?.mergedInto { card = try await website.store.card(of: survivor) }
        guard let card else { throw EndpointFault.noSuchPath }
        return card
    }

    private func changeable(_ identity: String, for agent: Agent) async throws -> PersonCard {
        let card = try await card(identity)
        guard agent.rights.mayChange(card) else { throw TurnedAway.notAllowed }
        return card
    }

    private func personPage(
        _ identity: String, for agent: Agent, done: Catalogue.Phrase? = nil,
        draft: (form: PersonPage.Form, draft: Draft)? = nil
    ) async throws -> PersonPage {
        let card = try await card(identity)
        var filter = TicketFilter()
        filter.requester = card.id
        return PersonPage(
            agent: agent, card: card, directory: try agent.visit.directory(),
            twins: try await website.store.twins(of: card.id),
            tickets: try await website.store.tickets(filter, limit: 20, seeing: agent.sight), done: done, draft: draft)
    }

    private func change(_ person: String, _ request: Request, _ agent: Agent) async throws -> Response {
        let card = try await changeable(person, for: agent)
        var draft = Draft(try request.form())
        let (wording, directory) = (agent.wording, try agent.visit.directory())
        var changes = PersonChanges()
        changes.name = draft.require("name", .errorNameMissing, atMost: 200, named: .personName, wording)
        changes.personClass = draft["class"].isEmpty ? Person.standardClass : draft["class"]
        draft.limitLength(of: "class", to: 64, named: .personClass, wording)
        draft.limitLength(of: "organisation", to: 200, named: .personOrganisation, wording)
        changes.organisation = .some(draft["organisation"].isEmpty ? nil : draft["organisation"])
        if Language(tag: draft["language"]) != nil { changes.language = draft["language"] }
        let home = directory.sites[draft["home"]]
        if !draft["home"].isEmpty, home == nil || !agent.rights.leads(at: home) {
            draft.refuse("home", wording(.errorChoiceMissing, ["field": wording(.personHome)]))
        }
        changes.homeSite = .some(home)
        changes.relation = .some(PersonCard.Relation(rawValue: draft["relation"]))
        guard draft.faults.isEmpty else {
            return try await personPage(person, for: agent, draft: (.change, draft)).response(.unprocessableContent)
        }
        try await website.store.change(card.id, changes, by: agent.actor)
        return Self.onward(to: card, "Changed")
    }

    private func changeAddresses(of person: String, _ request: Request, _ agent: Agent) async throws -> Response {
        let card = try await changeable(person, for: agent)
        var draft = Draft(try request.form())
        let store = website.store
        do {
            if !draft["primary"].isEmpty {
                try await store.choose(primary: draft["primary"], of: card.id, by: agent.actor)
            } else if !draft["remove"].isEmpty {
                try await store.remove(address: draft["remove"], of: card.id, by: agent.actor)
            } else {
                guard EmailAddress.isPlausible(draft["email"]) else {
                    draft.refuse(
                        "email", agent.wording(draft["email"].isEmpty ? .errorEmailMissing : .errorEmailFormat))
                    return try await personPage(person, for: agent, draft: (.addresses, draft))
                        .response(.unprocessableContent)
                }
                try await store.add(address: draft["email"], to: card.id, by: agent.actor)
            }
        } catch let fault as UnfitAddress {
            draft.refuse("email", agent.wording(fault.phrase))
            return try await personPage(person, for: agent, draft: (.addresses, draft)).response(.conflict)
        }
        return Self.onward(to: card, "Changed")
    }

    /// Everything of the one at the address that was named goes to the person of the page.
    private func merge(_ person: String, _ request: Request, _ agent: Agent) async throws -> Response {
        let kept = try await changeable(person, for: agent)
        var draft = Draft(try request.form())
        guard let gone = try await website.store.card(at: draft["email"]), gone.id != kept.id else {
            draft.refuse("email", agent.wording(.personMergeNobody))
            return try await personPage(person, for: agent, draft: (.merge, draft)).response(.unprocessableContent)
        }
        guard agent.rights.mayChange(gone) else { throw TurnedAway.notAllowed }
        try await website.store.merge(gone.id, into: kept.id, by: agent.actor, cause: request.id)
        return Self.onward(to: kept, "Merged")
    }

    /// The person of the page and the one that was named are two.
    private func tellApart(_ person: String, _ request: Request, _ agent: Agent) async throws -> Response {
        let one = try await changeable(person, for: agent)
        let other = try await changeable(Draft(try request.form())["person"], for: agent)
        try await website.store.tellApart(one.id, from: other.id, by: agent.actor)
        return Self.onward(to: one, "Apart")
    }

    private static func onward(to card: PersonCard, _ done: String) -> Response {
        .seeOther("/desk/people/\(card.uuid.uuidString.lowercased())?done=\(done)")
    }
}

extension UnfitAddress {
    fileprivate var phrase: Catalogue.Phrase {
        switch self {
        case .taken: .personAddressTaken
        case .notHis: .personAddressNotHis
        case .last: .personAddressLast
        }
    }
}
