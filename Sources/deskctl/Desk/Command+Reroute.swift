import Desk
import DeskStore
import JSON
import Runtime

extension Command {
    static let ticketReroute = Command(
        words: ["ticket", "reroute"], summary: "Have the routing table decide once more, as after it was mended",
        details: """
            What people have decided about a ticket stands. Tells for each ticket where it belongs and why. Ends with 1 \
            if one could not be routed.
            """, operands: ["NUMBER…"], options: [.data, .json]
    ) { invocation in
        let numbers = try invocation.operands.map { word in
            guard let number = TicketNumber(word) else {
                throw CommandFault("\"\(word)\" is no ticket number.", advice: "one such as OSL-10432.", status: .usage)
            }
            return number
        }
        return try await DeskConnection(invocation).withStore { store in
            var (rows, isWhole): ([JSON], Bool) = ([], true)
            for number in numbers {
                let answer = try await reroute(number, in: store)
                isWhole = isWhole && answer.isRouted
                rows.append(
                    .object([
                        "number": number.description, "outcome": answer.word, "why": answer.why.map(String.init),
                    ]))
                if !invocation.has("--json") {
                    let lines = ["\(number): \(answer.word)"] + answer.why.map { "  \($0)" }
                    Terminal.write(lines.joined(separator: "\n"), to: .output)
                }
            }
            if invocation.has("--json") { Terminal.write(JSON.array(rows).text, to: .output) }
            return isWhole ? .success : ExitStatus(rawValue: 1)
        }
    }

    private static func reroute(
        _ number: TicketNumber, in store: DeskStore
    ) async throws -> (isRouted: Bool, word: String, why: [Substring]) {
        func lines(_ decision: RoutingDecision) -> [Substring] { decision.description.split(separator: "\n") }
        do {
            switch try await store.routeAgain(number, cause: "deskctl ticket reroute") {
            case .routed(_, let decision): return (true, "routed", lines(decision))
            case .stays(_, let decision): return (true, "stays", lines(decision))
            case .cannot(let decision): return (false, "the table names what is not there", lines(decision))
            case .noSuchTicket, .wasTakenCareOf: return (false, "there is no such ticket", [])
            }
        } catch let refusal as Refusal {
            return (false, refusal.description, [])
        }
    }
}
