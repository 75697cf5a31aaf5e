import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import PostgresTestSupport
import Runtime
import Secrets
import Sockets
import SupplierTestSupport

@testable import Suppliers

extension SharedDesk {
    /// A desk one of whose suppliers is exchanged with in another way than the example says.
    ///
    /// - Parameters:
    ///   - members: those of the supplier that are others.
    ///   - secrets: the values by their names.
    init(
        exchangingBy members: [String: Any], secrets: [String: String], with code: String = "fjordnett"
    ) async throws {
        let organisation = try TestDesk.organisation { document in
            let suppliers = document["suppliers"] as? [[String: Any]] ?? []
            document["suppliers"] = suppliers.map { supplier in
                guard supplier["code"] as? String == code else { return supplier }
                return supplier.filter { !["url", "secrets"].contains($0.key) }.merging(members) { $1 }
            }
        }
        try await self.init(organisation: organisation)
        let store = SecretStore(store, keys: keys)
        for (name, value) in secrets { try await store.set(name, to: Array(value.utf8)) }
    }

    /// How a supplier's system is spoken with that runs beside the test.
    func wires() throws -> Wires {
        Wires(client: try .toThisMachine(), secrets: SecretStore(store, keys: keys), timekeeper: time)
    }

    func wire() throws -> Wire { Wire(wires: try wires(), record: WireRecord()) }
}

extension HTTPClient {
    fileprivate static func toThisMachine() throws -> HTTPClient {
        HTTPClient(
            loops: TestDatabase.loops, resolver: Resolver(offload: Offload(width: 1)), tls: try TLSContext(),
            rules: OutboundRules(allowing: [CIDR("127.0.0.0/8")].compactMap(\.self)))
    }
}

extension PlayedSystem {
    /// A conversation with the system, by whoever needs no desk for it.
    func wire() throws -> Wire {
        let (client, secrets) = (try HTTPClient.toThisMachine(), secrets)
        let wires = Wires(timekeeper: clock) { request, limit in
            try await client.send(request, within: Wire.timeLimit(of: request, answeredBy: limit), upTo: limit)
        } secret: { name in
            secrets[name].map { Array($0.utf8) }
        }
        return Wire(wires: wires, record: WireRecord())
    }
}
