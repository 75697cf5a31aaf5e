import DeskStore
import DeskSuppliers
import Foundation
import HTTP
import JSON

/// The hub: suppliers' systems say where they want to be told of events (TMF630, MEF 124).
extension TroubleTicketDoor {
    func hubEndpoints(_ version: TroubleTicketVersion) -> [Endpoint<SupplierClient>] {
        let path = "\(version.path)/hub"
        let endpoints: [Endpoint<SupplierClient>] = [
            Endpoint(.post, path, body: .collected(limit: Self.largestBody)) { request, client in
                try await register(request, by: client, in: version)
            },
            Endpoint(.delete, "\(path)/:id") { _, client, id in
                guard let id = UUID(uuidString: id), try await store.removeListener(id, of: client.id) else {
                    throw Self.noListener
                }
                return Response(.noContent)
            },
        ]
        if version == .v4 { return endpoints }
        return endpoints + [
            Endpoint(.get, "\(path)/:id") { _, client, id in
                guard let id = UUID(uuidString: id), let listener = try await store.listener(id, of: client.id) else {
                    throw Self.noListener
                }
                return Self.response(.ok, Self.json(listener), version)
            }
        ]
    }

    private func register(
        _ request: Request, by client: SupplierClient, in version: TroubleTicketVersion
    ) async throws -> Response {
        let body = try Self.json(in: request)
        let query = body["query"]?.string ?? ""
        let wanted = try HubQuery(query)
        guard let callback = body["callback"]?.string, callback.utf8.count <= 2000, let address = WebAddress(callback)
        else {
            throw TroubleTicketFaults([
                .init(.missingProperty, at: "callback", "must be the URL at which you want to be told")
            ])
        }
        let listener = SupplierListening(
            id: UUID(), supplier: client.id, callback: address.description, query: String(query.prefix(2000)),
            kinds: wanted.kinds.map { $0.map(\.rawValue).sorted() }, version: version.rawValue)
        switch try await store.add(listener) {
        case nil: throw TroubleTicketError(status: 409, reason: "You are told at this address already.")
        case false?:
            let most = SupplierListening.most
            throw TroubleTicketError(
                status: 422, reason: "You have \(most) listeners. Take one away before you add another.")
        case true?: return Self.response(.created, Self.json(listener), version)
        }
    }

    private static var noListener: TroubleTicketError {
        TroubleTicketError(status: 404, reason: "You have no listener of this id.")
    }

    private static func json(_ listener: SupplierListening) -> JSON {
        var members = JSONObject([
            ("id", listener.id.uuidString.lowercased().json), ("callback", listener.callback.json),
        ])
        members["query"] = listener.query.isEmpty ? nil : listener.query.json
        if listener.version == TroubleTicketVersion.v5.rawValue { members["@type"] = "Hub" }
        return .object(members)
    }
}

extension TroubleTicketWord {
    /// What listeners are told of it.
    var events: [TroubleTicketEvent.Kind] {
        switch self {
        case .acknowledged, .noted: [.changed]
        case .asked: [.changed, .statusChanged, .informationRequired]
        case .resolved: [.changed, .statusChanged, .resolved]
        case .returned: [.changed, .statusChanged]
        }
    }
}
