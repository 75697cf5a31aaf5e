import Desk
import DeskTestSupport
import Foundation
import JSON
import TimeZones

/// The example organisation, changed as little as a test with real processes needs: the suppliers are where the test
/// starts them, and whoever waits for an answer for half a second makes the desk warn of its deadline.
enum JourneyOrganisation {
    private static let suppliers = "//127.0.0.1:8090/"
    private static let slowAnswer =
        #"{"name": "Answer", "measure": "first_response", "within": "4h", "calendar": "holder"}"#
    private static let quickAnswer =
        #"{"name": "Answer", "measure": "first_response", "within": "1m", "calendar": "always", "warning_percent": 1}"#

    /// - Parameter supplier: one more, as the document has it.
    static func read(supplierPort: UInt16, and supplier: JSON? = nil) throws -> Organisation {
        let file = TestDesk.root.appending(path: "Deploy/example/organisation.json")
        var text = try String(contentsOf: file, encoding: .utf8)
        for (old, new) in [(suppliers, "//127.0.0.1:\(supplierPort)/"), (slowAnswer, quickAnswer)] {
            guard text.contains(old) else { throw HarnessFault("The example organisation no longer has \(old).") }
            text = text.replacing(old, with: new)
        }
        var document = try JSON.parse(text)
        if let supplier, var members = document.object {
            members["suppliers"] = .array((members["suppliers"]?.array ?? []) + [supplier])
            document = .object(members)
        }
        return try Organisation(json: document) { try TestDesk.zones.zone($0) }
    }
}
