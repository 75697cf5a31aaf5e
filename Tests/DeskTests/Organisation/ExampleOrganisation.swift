import Desk
import Foundation
import JSON
import TimeZones

/// The organisation that a newcomer gets, read from where it is kept.
enum ExampleOrganisation {
    static func document() throws -> JSON {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try JSON.parse(Data(contentsOf: root.appending(path: "Deploy/example/organisation.json")))
    }

    static func read(_ document: JSON) throws -> Organisation {
        try Organisation(json: document) { try CalendarSample.zones.zone($0) }
    }

    static func organisation() throws -> Organisation { try read(try document()) }
}
