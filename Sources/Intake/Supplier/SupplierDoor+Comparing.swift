import Desk
import DeskStore
import DeskWeb
import Foundation
import HTTP
import JSON

extension SupplierDoor {
    /// How far an exchange is here, for another desk that compares it with what it has itself.
    var standingEndpoint: Endpoint<SupplierCaller> {
        Endpoint(.get, "/supplier/v1/:supplier/exchanges/:exchange") { (_, caller, _: String, exchange: String) in
            guard let id = UUID(uuidString: exchange), let standing = try await store.standing(of: id, with: caller.id)
            else { throw Problem(.gone, detail: "There is no such exchange with you.") }
            return Response(json: standing.json.bytes())
        }
    }
}
