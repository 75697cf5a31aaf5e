import Desk
import JSON
import Mail
import Moments
import Runtime

/// Plays the journeys of two tickets through a running example desk, as those outside it do: a mail and a request come
/// in, and each is given to a team, goes to the second line and to a supplier, comes back, is resolved, and is counted.
struct Rehearsal: Sendable {
    let api: DeskAPI
    let mail: SMTPClient
    let manager: WebVisitor
    let timekeeper: any Timekeeper
    let password: String
    /// Tells of a stop: its name, how long it took, what was seen there.
    let tell: @Sendable (_ stop: String, _ took: Duration, _ seen: String) -> Void
    /// How long any one stop may take.
    var patience: Duration = .seconds(60)

    /// A stop at which the journey ended.
    struct Failed: Error, CustomStringConvertible {
        let stop: String
        let reason: String
        var description: String { "the journey ended at \"\(stop)\": \(reason)" }
    }

    func run() async throws {
        let before = try await stop("a manager signs in and reads the report") {
            try await manager.signIn(as: "ingrid.solberg@norrsken.example", password: password)
            return "\(try await resolved()) resolved"
        }
        let mail = try await stop("a mail comes in by LMTP") { try await sendMail() }
        let request = try await stop("a request comes in by HTTP") { try await sendRequest() }
        let journeys = [
            Journey(
                number: mail, team: "ams-network", supplier: "fjordnett",
                fault: "The switch on the third floor does not answer.", solution: "The line is up again."),
            Journey(
                number: request, team: "ams-workplace", supplier: "printwerk",
                fault: "It prints blank pages, whatever is sent to it.", solution: "It has a new drum."),
        ]
        for journey in journeys { try await play(journey) }
        try await stop("the report counts these two and no others") {
            try await counted(journeys.map(\.number), beyond: before)
        }
    }

    /// The way of one ticket: its stops and what is said at them.
    struct Journey: Sendable {
        let number: String
        let team: String
        let supplier: String
        let fault: String
        let solution: String
    }

    private func play(_ journey: Journey) async throws {
        let number = journey.number
        try await stop("\(number) is given to a team") {
            let ticket = try await seen(number) { $0["state"]?.string != "new" }
            return "\(ticket["team"]?.string ?? "-"), priority \(ticket["priority"]?.integer ?? 0)"
        }
        try await stop("the first line hands \(number) over to the second") { try await handOver(journey) }
        try await stop("the second line refers it to a supplier") { try await refer(journey) }
        try await stop("the supplier takes it and asks") { try await supplierEvent(.supplierAsked, of: number) }
        try await stop("the question is answered") { try await answer(number) }
        try await stop("the supplier repairs it") { try await supplierEvent(.supplierResolved, of: number) }
        try await stop("\(number) is resolved") {
            try await api.put("resolution", of: number, ["outcome": "solved", "note": journey.solution.json])
            return try await api.get("/api/v1/tickets/\(number)")["state"]?.string ?? "-"
        }
    }

    /// Runs one stop, tells of it, and says which one failed.
    @discardableResult
    private func stop(_ name: String, _ body: @escaping @Sendable () async throws -> String) async throws -> String {
        let begun = timekeeper.now
        do {
            let seen = try await withDeadline(patience) { try await body() }
            tell(name, timekeeper.now.duration(since: begun), seen)
            return seen
        } catch is TimedOut {
            throw Failed(stop: name, reason: "nothing of the kind was seen within \(patience)")
        } catch {
            throw Failed(stop: name, reason: "\(error)")
        }
    }

    /// Looks at a ticket again and again until it is as wanted.
    private func seen(_ number: String, _ isWanted: (JSON) -> Bool) async throws -> JSON {
        while true {
            let ticket = try await api.get("/api/v1/tickets/\(number)")
            if isWanted(ticket) { return ticket }
            try await timekeeper.wait(for: .milliseconds(100))
        }
    }
}
