import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import ServiceNowTestSupport
import SupplierTestSupport
import Testing

@testable import Suppliers

/// A desk, and the ServiceNow of one of its suppliers.
struct ServiceNowExchange: Sendable {
    let shared: SharedDesk
    let instance: ServiceNowInstance
    /// The instance's.
    let clock: ManualTime

    /// - Parameter members: of the supplier in the organisation document, beside those that every test needs.
    static func run(
        _ members: [String: Any] = [:], traits: ServiceNowInstance.Traits = .init(),
        _ body: (ServiceNowExchange) async throws -> Void
    ) async throws {
        let clock = ManualTime(TestDesk.monday)
        let instance = try ServiceNowInstance(traits: traits, time: clock, loops: TestDatabase.loops)
        try await instance.run {
            let shared = try await SharedDesk(
                exchangingBy: instance.members.merging(members) { $1 }, secrets: instance.secrets)
            try await body(ServiceNowExchange(shared: shared, instance: instance, clock: clock))
            await shared.worker.store.database.close()
        }
    }

    /// The first incident, as the instance keeps it.
    func incident() throws -> [String: String] { try #require(instance.incidents.first) }

    /// The `sys_id` of the first incident.
    var id: String { instance.incidents.first?["sys_id"] ?? "" }

    func connector() async throws -> ServiceNowConnector {
        let supplier = try #require(await shared.store.directory().organisation.supplier("fjordnett"))
        return try #require(Connectors().connector(of: supplier) as? ServiceNowConnector)
    }

    /// Until nothing is left to be tried again; a system that asked for time gets it.
    func settle() async throws {
        try await shared.workThrough()
        shared.worker.time.advance(by: .seconds(3_600))
        try await shared.workThrough(later: .seconds(3_600))
    }
}
