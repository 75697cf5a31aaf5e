import Desk
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Secrets

/// Two desks of real processes, each on a database of its own, that know nothing of one another but an address and two
/// secrets.
struct TwoDesks: Sendable {
    let near: RunningDesk
    let far: RunningDesk

    /// What each calls the other.
    static let far = "the-far-desk"
    static let near = "the-near-desk"

    /// - Parameters:
    ///   - fault: the point at which both supplier workers kill themselves once.
    ///   - allowed: what the near desk and the far one let leave beside words.
    static func run(
        fault: String? = nil, allowing allowed: (near: [String], far: [String]) = ([], []),
        _ body: @escaping @Sendable (TwoDesks) async throws -> Void
    ) async throws {
        try await TestDatabase.with(template: TestDesk.template) { one in
            try await TestDatabase.with(template: TestDesk.template) { other in
                try await RunningDesk.withFolder { folder in
                    for desk in ["near", "far"] {
                        try FileManager.default.createDirectory(
                            atPath: "\(folder)/\(desk)", withIntermediateDirectories: true)
                    }
                    let desks = try await TwoDesks(one, other, folder, fault, allowed)
                    try await desks.near.serve { _ in
                        try await desks.far.serve { _ in
                            for desk in [desks.near, desks.far] { try await desk.untilGatewayIsReady() }
                            try await body(desks)
                        }
                    }
                }
            }
        }
    }

    private init(
        _ one: TestDatabase, _ other: TestDatabase, _ folder: String, _ fault: String?,
        _ allowed: (near: [String], far: [String])
    ) async throws {
        let here = try DeskPorts()
        let there = try DeskPorts(besides: [here])
        let secrets = ["to-far": WebhookSecret.random().text, "to-near": WebhookSecret.random().text]
        let point = fault.map { (program: ProgramName.supplierWorker, point: $0) }
        let programs: [ProgramName] = [.catcher, .intakeGateway, .routingWorker, .supplierWorker]
        near = try await RunningDesk(
            one.database, at: one.connection, folder: "\(folder)/near", on: here,
            organisation: JourneyOrganisation.read(
                supplierPort: here.supplier,
                and: Self.supplier(
                    Self.far, at: there, knowsUsAs: Self.near, signing: "to-far", checking: "to-near",
                    allowing: allowed.near)),
            agreed: secrets, running: programs, fault: point)
        far = try await RunningDesk(
            other.database, at: other.connection, folder: "\(folder)/far", on: there,
            organisation: JourneyOrganisation.read(
                supplierPort: there.supplier,
                and: Self.supplier(
                    Self.near, at: here, knowsUsAs: Self.far, signing: "to-near", checking: "to-far",
                    allowing: allowed.far)),
            agreed: secrets, running: programs, fault: point)
    }

    private static func supplier(
        _ code: String, at ports: DeskPorts, knowsUsAs ours: String, signing: String, checking: String,
        allowing more: [String]
    ) throws -> JSON {
        // What comes in at Amsterdam there is for Oslo here.
        try JSON.parse(
            """
            {"code": "\(code)", "name": "\(code)", "connector": "sister", "url": "http://127.0.0.1:\(ports.gateway)",
             "known_as": "\(ours)",
             "secrets": {"outgoing": {"secret": "\(signing)"}, "incoming": {"secret": "\(checking)"}},
             "fields": ["subject", "kind", "category", "impact", "urgency", "priority", "site", "requester_name",
                "requester_email", "description", "note", "message"\(more.map { ", \"\($0)\"" }.joined())],
             "mapping": {"sites": {"AMS": "OSL"}}, "contact": "desk@\(code).example"}
            """)
    }

    /// A ticket of the near desk that the far one gets.
    ///
    /// - Returns: the ticket as either desk has it.
    func refer(_ request: String) async throws -> (near: Journey, far: Journey) {
        let here = try await Journey.begin(byRequest: request, on: near)
        return (here, try await refer(here))
    }

    /// - Returns: the ticket as the far desk has it.
    func refer(_ here: Journey) async throws -> Journey {
        try await here.hear(.routed)
        try await refer(here, asking: "Can you look at it?", key: "refer-\(here.number)")
        let number = try await until("\(here.number) has a number at the far desk") { () -> String? in
            try await near.database.first(
                """
                select s.their_reference from supplier_ticket s join ticket t on t.id = s.ticket
                where t.number = \(here.number) and s.ended_at is null and s.their_reference is not null
                """, as: String.self)
        }
        let there = Journey(desk: far, number: number, supplier: "printwerk")
        try await there.hear(.routed)
        return there
    }

    func refer(_ journey: Journey, asking note: String, key: String) async throws {
        _ = try await near.client.post(
            "/api/v1/tickets/\(journey.number)/supplier-tickets", ["supplier": Self.far.json, "note": note.json],
            key: key)
    }
}

extension RunningDesk {
    /// Waits until the other desk finds it open: whoever knocks too early comes again later than a test waits.
    fileprivate func untilGatewayIsReady() async throws {
        guard let port = ports.health[.intakeGateway] else { return }
        try await until("a gateway is ready") { () -> Void? in
            (try? await health("readyz", port)) == .ok ? () : nil
        }
    }
}

extension Journey {
    /// How often each kind of event has happened.
    func count(_ kind: Ticket.Event.Kind) async throws -> Int { try await events().count { $0 == kind } }

    /// Waits until something has happened so often.
    func hear(_ kind: Ticket.Event.Kind, times: Int) async throws {
        try await until("\(number) is \(kind.rawValue) \(times) times") { () -> Void? in
            try await count(kind) >= times ? () : nil
        }
    }

    func wait(for state: Ticket.State) async throws {
        try await until("\(number) is in the state \(state.rawValue)") { () -> Void? in
            let now = try await desk.database.first(
                "select state from ticket where number = \(number)", as: Ticket.State.self)
            return now == state ? () : nil
        }
    }

    /// What people have written on the ticket, as far as its requester may read it or, if not, only the desk.
    func words(_ visibility: Visibility) async throws -> [String] {
        try await desk.database.all(
            """
            select e.text from entry e join ticket t on t.id = e.ticket
            where t.number = \(number) and e.visibility = \(visibility.rawValue) order by e.id
            """, as: String.self)
    }

    func write(_ text: String, _ visibility: Visibility, by author: String? = nil) async throws {
        var body = JSONObject([("text", text.json), ("visibility", visibility.rawValue.json)])
        if let author { body["author"] = .object(["email": author.json]) }
        let key = number + text.filter(\.isLetter)
        _ = try await desk.client.post("/api/v1/tickets/\(number)/entries", .object(body), key: key)
    }

    func resolve(_ outcome: Ticket.Outcome, _ note: String) async throws {
        try await desk.client.put("resolution", of: number, ["outcome": outcome.rawValue.json, "note": note.json]) {
            $0["state"] == "resolved"
        }
    }

    func close() async throws {
        try await desk.client.put("closure", of: number, nil) { $0["state"] == "closed" }
    }

    /// How the desk sees its exchange over the ticket, the newest first.
    func exchange() async throws -> (state: String, hasEnded: Bool, priority: String?)? {
        let row = try await desk.database.first(
            """
            select s.state, s.ended_at is not null, s.their_priority
            from supplier_ticket s join ticket t on t.id = s.ticket where t.number = \(number)
            order by s.id desc limit 1
            """, as: (String, Bool, String?).self)
        return row.map { ($0.0, $0.1, $0.2) }
    }
}
