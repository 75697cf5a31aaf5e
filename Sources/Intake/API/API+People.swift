import Desk
import DeskStore
import Foundation
import HTTP
import JSON
import Postgres

/// Who is asking: one person with several addresses.
extension API {
    var peopleEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.get, "/api/v1/people") { request, client in try await list(people: request, client) },
            Endpoint(.get, "/api/v1/people/:person") { (_, client, person: String) in
                try client.require(.readPeople)
                return try await Self.answer(visible(person, client), in: store.directory())
            },
            Endpoint(.patch, "/api/v1/people/:person") { (request, client, person: String) in
                try await patch(request, client, person)
            },
            Endpoint(.post, "/api/v1/people/:person/addresses") { (request, client, person: String) in
                try await add(request, client, person)
            },
            Endpoint(.delete, "/api/v1/people/:person/addresses/:address") {
                (request, client, person: String, address: String) in
                try await remove(request, client, person, address)
            },
            Endpoint(.get, "/api/v1/people/:person/twins") { (_, client, person: String) in
                try client.require(.readPeople)
                let twins = try await store.twins(of: visible(person, client).id)
                return Self.answer(twins.filter(client.reaches), in: try await store.directory())
            },
            Endpoint(.post, "/api/v1/people/:person/merge") { (request, client, person: String) in
                try await merge(people: request, client, person)
            },
            Endpoint(.post, "/api/v1/people/:person/namesakes") { (request, client, person: String) in
                try await tellApart(request, client, person)
            },
        ]
    }

    private static func answer(_ card: PersonCard, in directory: Directory, _ status: Status = .ok) -> Response {
        var response = Response(status, json: PersonJSON(card: card, directory: directory).json.bytes())
        response.fields[.cacheControl] = "private, no-cache"
        return response
    }

    private static func answer(_ cards: [PersonCard], in directory: Directory) -> Response {
        let rows = cards.map { PersonJSON(card: $0, directory: directory).json }
        var response = Response(json: JSON.array(rows).bytes())
        response.fields[.cacheControl] = "private, no-cache"
        return response
    }

    /// The person of an identity, whom this client may know of. Who was merged is answered as who he is.
    func visible(_ identity: String, _ client: APIClient) async throws -> PersonCard {
        var card: PersonCard?
        if let uuid = UUID(uuidString: identity) { card = try await store.card(of: uuid) }
        if let survivor = card?.mergedInto { card = try await store.card(of: survivor) }
        guard let card, client.reaches(card) else {
            throw Problem(.notFound, detail: "There is no such person, or you may not see him.")
        }
        return card
    }

    /// The same, for a change of what stands in the organisation document where he works at the desk.
    private func changeable(_ identity: String, _ client: APIClient) async throws -> PersonCard {
        try client.require(.writePeople)
        let card = try await visible(identity, client)
        guard !card.isColleague else {
            throw Problem(
                .forbidden,
                detail: "\(card.name) works at the desk. Change the organisation document, or use deskctl person.")
        }
        return card
    }

    private func list(people request: Request, _ client: APIClient) async throws -> Response {
        try client.require(.readPeople)
        let query = try PeopleQuery(request.query)
        let found =
            if let email = query.email {
                [try await store.card(at: email)].compactMap(\.self)
            } else {
                try await store.cards(beginning: query.words ?? "", limit: query.limit)
            }
        return Self.answer(found.filter(client.reaches), in: try await store.directory())
    }

    private func patch(_ request: Request, _ client: APIClient, _ person: String) async throws -> Response {
        let card = try await changeable(person, client)
        let directory = try await store.directory()
        let patch = try request.json(accepting: true).read(PersonPatch.form(in: directory))
        if let home = patch.changes.homeSite, let site = client.site, home != site {
            throw AssignmentRequest.fault("home_site", "must be the site of this token")
        }
        try await store.change(card.id, patch.changes, by: client.actor)
        if let primary = patch.primary {
            try await Self.telling("email") { try await store.choose(primary: primary, of: card.id, by: client.actor) }
        }
        return Self.answer(try await visible(person, client), in: directory)
    }

    static var newAddress: JSONForm<String> { .object { $0.required("email", TicketRequest.address) } }

    /// A body that names one other person.
    static func identity(_ member: String) -> JSONForm<String> {
        .object { $0.required(member, .line(length: 36...36)) }
    }

    private func add(_ request: Request, _ client: APIClient, _ person: String) async throws -> Response {
        let card = try await changeable(person, client)
        let email = try request.json().read(Self.newAddress)
        let directory = try await store.directory()
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            try await Self.telling("email") {
                try await store.add(address: email, to: card.id, by: client.actor, using: transaction)
            }
            guard let after = try await store.card(of: card.id, using: transaction) else {
                throw EndpointFault.noSuchPath
            }
            return Self.answer(after, in: directory, .created)
        }
    }

    private func remove(
        _ request: Request, _ client: APIClient, _ person: String, _ address: String
    ) async throws -> Response {
        let card = try await changeable(person, client)
        try request.requireNoBody()
        try await Self.telling(nil) { try await store.remove(address: address, of: card.id, by: client.actor) }
        return Self.answer(try await visible(person, client), in: try await store.directory())
    }

    private func merge(people request: Request, _ client: APIClient, _ person: String) async throws -> Response {
        let gone = try await changeable(person, client)
        let into = try request.json().read(Self.identity("into"))
        let kept = try await changeable(into, client)
        let directory = try await store.directory()
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            let survivor = try await store.merge(
                gone.id, into: kept.id, by: client.actor, cause: request.cause, using: transaction)
            guard let after = try await store.card(of: survivor, using: transaction) else {
                throw EndpointFault.noSuchPath
            }
            return Self.answer(after, in: directory, .created)
        }
    }

    /// Two people of one name are two: neither is among the twins of the other any more.
    private func tellApart(_ request: Request, _ client: APIClient, _ person: String) async throws -> Response {
        let one = try await changeable(person, client)
        let named = try request.json().read(Self.identity("person"))
        let other = try await changeable(named, client)
        if one.id == other.id { throw AssignmentRequest.fault("person", "must be somebody else") }
        let directory = try await store.directory()
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            try await store.tellApart(one.id, from: other.id, by: client.actor, using: transaction)
            return Self.answer(one, in: directory, .created)
        }
    }

    /// Tells what is wrong with an address as what is wrong with the member that named it.
    private static func telling(_ member: String?, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let fault as UnfitAddress {
            guard let member else { throw Problem(.conflict, detail: fault.description) }
            throw AssignmentRequest.fault(member, fault.description)
        } catch is NoSuchPerson {
            throw Problem(.conflict, detail: "The person has been merged into another meanwhile. Read him again.")
        }
    }
}

extension APIClient {
    /// Whether a person is within what the token is for: a token of one site knows its people, and those of none.
    func reaches(_ card: PersonCard) -> Bool { site == nil || card.homeSite == nil || card.homeSite == site }
}

/// What a list of people is asked for in its query string.
struct PeopleQuery {
    private(set) var email: String?
    private(set) var words: String?
    private(set) var limit = 50

    /// - Throws: `Problem` 400 that names everything that is wrong.
    init(_ query: HTTP.Query) throws(Problem) {
        var faults: [String] = []
        for pair in query.pairs {
            if let fault = take(pair.name, pair.value) { faults.append("\(pair.name) \(fault)") }
        }
        if faults.isEmpty, email == nil, words == nil {
            faults.append("ask by email, or by q, the beginning of a name")
        }
        try ListQuery.refuse(faults)
    }

    /// Takes one pair; tells what is wrong with it.
    private mutating func take(_ name: String, _ value: String) -> String? {
        switch name {
        case "email":
            email = value
            return nil
        case "q": return ListQuery.words(value, atLeast: 2) { words = $0 }
        case "limit": return ListQuery.limit(value) { limit = $0 }
        default: return "is not something that people can be asked by"
        }
    }
}
