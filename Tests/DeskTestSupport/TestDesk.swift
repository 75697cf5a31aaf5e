public import Desk
import DeskSchema
public import DeskStore
public import Foundation
import JSON
public import Moments
import Postgres
public import PostgresTestSupport
public import Runtime
public import TimeZones

/// A desk on the database of the test that is running: the example organisation, and a time that the test sets.
public struct TestDesk: Sendable {
    public let store: DeskStore
    public let time: ManualTime

    /// Tests that need it are marked `.database(template: TestDesk.template)`.
    public static let template = TestTemplate("example desk", migrations: deskSchema) { database in
        let store = DeskStore(database, timekeeper: ManualTime(monday), zones: zones)
        _ = try await store.apply(exampleOrganisation(), by: "the tests")
    }

    /// Monday 2 March 2026, 09:00 UTC: the desks of Europe are open.
    public static let monday = Moment(seconds: 1_772_442_000)

    public static let zones = TimeZones()

    /// The desk as the superuser sees it, or as the role of one of the programs does.
    ///
    /// - Parameters:
    ///   - time: the time of another desk that this one shares; its own if nil.
    ///   - zones: the zone database of the machine that it is on.
    public init(
        as role: String? = nil, at moment: Moment = monday, time: ManualTime? = nil, zones: TimeZones = zones
    ) throws {
        let database = try role.map { try TestDatabase.own.open(as: $0) } ?? TestDatabase.current
        self.time = time ?? ManualTime(moment)
        store = DeskStore(database, timekeeper: self.time, zones: zones)
    }

    /// The root of the package.
    public static var root: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// The organisation that comes with the product.
    public static func exampleOrganisation() throws -> Organisation {
        let file = root.appending(path: "Deploy/example/organisation.json")
        return try Organisation(json: JSON.parse(String(contentsOf: file, encoding: .utf8))) { try zones.zone($0) }
    }

    /// The organisation that comes with the product, after an edit of its document.
    public static func organisation(edited edit: (inout [String: Any]) throws -> Void) throws -> Organisation {
        let file = root.appending(path: "Deploy/example/organisation.json")
        let read = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        var document = read as? [String: Any] ?? [:]
        try edit(&document)
        let text = String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
        return try Organisation(json: JSON.parse(text)) { try zones.zone($0) }
    }

    /// The same with another line for one of its teams, and with some more people.
    public static func organisation(
        team: String, with members: [String: Any], people: [[String: Any]] = []
    ) throws -> Organisation {
        try organisation { document in
            let teams = document["teams"] as? [[String: Any]] ?? []
            document["teams"] = teams.map { $0["code"] as? String == team ? $0.merging(members) { $1 } : $0 }
            document["people"] = (document["people"] as? [[String: Any]] ?? []) + people
        }
    }

    /// The same without one of its teams, with its positions and whatever names them.
    public static func organisation(without team: String) throws -> Organisation {
        try organisation { try leaveOut(team, from: &$0) }
    }

    /// Takes a team out of a document, with its positions and whatever names them.
    public static func leaveOut(_ team: String, from document: inout [String: Any]) throws {
        func rows(_ name: String) -> [[String: Any]] { document[name] as? [[String: Any]] ?? [] }
        let gone = Set(rows("positions").filter { $0["team"] as? String == team }.compactMap { $0["code"] as? String })
        let skills = rows("teams").first { $0["code"] as? String == team }?["skills"] as? [String] ?? []
        document["teams"] = rows("teams").filter { $0["code"] as? String != team }
        document["positions"] = rows("positions").filter { $0["team"] as? String != team }
        document["people"] = rows("people").map { person in
            let positions = (person["positions"] as? [String] ?? []).filter { !gone.contains($0) }
            return person.merging(["positions": positions]) { $1 }
        }
        for name in ["routing", "targets", "needs", "shifts"] where document[name] != nil {
            document[name] = try rows(name).filter { row in
                let text = String(decoding: try JSONSerialization.data(withJSONObject: row), as: UTF8.self)
                return !text.contains("\"\(team)\"") && !gone.contains { text.contains("\"\($0)\"") }
                    && !skills.contains { text.contains("\"skill\":\"\($0)\"") }
            }
        }
    }

    /// Gives the organisation other rules of how tickets end, as an operator does.
    public static func apply(process rules: [String: Any]) async throws {
        let edited = try organisation { $0["process"] = rules }
        _ = try await TestDesk().store.apply(edited, by: "the tests")
    }

    /// A request for help from somebody who has not been here before.
    public static func submission(
        from address: String = "kari@customer.example", at site: SiteID? = nil,
        subject: String = "The printer is on fire"
    ) -> Submission {
        Submission(
            from: Contact(address: address, name: "Kari Nordmann", language: "nb"), subject: subject,
            text: "Smoke comes out of it. Please help.", channel: .web, site: site)
    }
}
