import Desk
import Foundation
import JSON
import TimeZones

/// The organisation that a newcomer gets, read from where it is kept.
enum ExampleOrganisation {
    static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Deploy/example/organisation.json")

    static func document() throws -> JSON { try JSON.parse(Data(contentsOf: file)) }

    static func read(_ document: JSON) throws -> Organisation {
        try Organisation(json: document) { try CalendarSample.zones.zone($0) }
    }

    static func organisation() throws -> Organisation { try read(try document()) }
}
