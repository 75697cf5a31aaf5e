import Desk
import DeskStore
import Foundation
import JSON
import SeedTestSupport
import TimeZones

/// How the organisation is made.
extension Simulation {
    func found() async throws {
        let text =
            report.options.isInvented
            ? try InventedOrganisation.text(Seed(report.options.seed &+ 2), supplierPort: world.outside.supplierPort)
            : try example()
        guard case .object(var document) = try JSON.parse(text), case .array(let rules) = try JSON.parse(Self.rules)
        else { throw ChaosFault("the organisation's document is no object") }
        document["automation"] = .array((document["automation"]?.array ?? []) + rules)
        // So that what is solved comes to its end within the days in which something happens.
        document["process"] = .object(["closes_after_days": 3, "reopens_within_days": 9, "mails_per_sender": 5])
        document["calendars"] = try withFeeds(document["calendars"])
        document["targets"] = .array(try Self.promises() + (document["targets"]?.array ?? []))
        let organisation = try Organisation(json: .object(document)) { [world] in try world.zones.zone($0) }
        _ = try await world.operators.apply(organisation, by: "the simulation")
        try documents.add(organisation, at: now, world.zones)
        try await world.setSecrets()
    }

    /// The organisation with which the desk comes; its suppliers listen here.
    private func example() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "Deploy/example/organisation.json"), encoding: .utf8)
            .replacing("//127.0.0.1:8090/", with: "//127.0.0.1:\(world.outside.supplierPort)/")
    }

    /// Every other calendar takes holidays from a feed.
    private func withFeeds(_ calendars: JSON?) throws -> JSON {
        guard case .object(var calendars) = calendars else { throw ChaosFault("the organisation has no calendars") }
        for (place, code) in calendars.map(\.name).sorted().enumerated() where place % 2 == 0 {
            guard case .object(var calendar) = calendars[code], calendar["weekly"]?.string == nil else { continue }
            calendar["holidays_from"] = .string("http://127.0.0.1:\(world.outside.supplierPort)/feeds/\(code)")
            calendars[code] = .object(calendar)
        }
        return .object(calendars)
    }

    /// What is promised to requesters of some classes, before all others.
    private static func promises() throws -> [JSON] {
        try JSON.parse(
            """
            [
                {"name": "Answer VIPs", "measure": "first_response", "requester_classes": ["vip"], "within": "20m",
                    "calendar": "requester"},
                {"name": "Solve what VIPs have", "measure": "resolution", "requester_classes": ["vip"], "within": "5h",
                    "calendar": "requester", "escalate": [{"percent": 150, "to": "site"}]},
                {"name": "Solve what guests have", "measure": "resolution", "requester_classes": ["external"],
                    "within": "60h", "calendar": "origin"}
            ]
            """
        ).array ?? []
    }

    /// Rules that have more to do than those of the example: some answer to one another.
    private static let rules = """
        [
            {"name": "Who comes back is important", "on": ["reopened"],
                "do": [{"add_tags": ["came-back"]}, {"escalate": {"level": "lead"}}]},
            {"name": "What came back is looked at", "on": ["escalated"], "by": ["automation"],
                "do": [{"note": {"en": "{number} came back."}}]},
            {"name": "Nobody has begun", "after": {"wait": "6h", "while": ["assigned"], "hours": "team"},
                "do": [{"tell": {"level": "lead", "text": {"en": "Nobody has begun with {number}."}}}]},
            {"name": "Missed targets are marked", "on": ["deadline_missed"], "measures": ["resolution"],
                "do": [{"add_tags": ["late"]}]},
            {"name": "Marked and unmarked", "on": ["changed"], "do": [{"add_tags": ["edited"]}]},
            {"name": "Unmarked and marked", "on": ["changed"], "by": ["automation"],
                "do": [{"remove_tags": ["edited"]}]},
            {"name": "On hold for long", "after": {"wait": "20h", "while": ["waiting_other"]}, "do": [{"resume": true}]}
        ]
        """
}
