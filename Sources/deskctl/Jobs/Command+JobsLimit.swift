import JSON
import Jobs
import Runtime

extension Command {
    static let jobsLimit = Command(
        words: ["jobs", "limit"], summary: "Limit how many jobs of a queue or of a group run, or show what is limited",
        details:
            "All sites and workers together. A group is named with its queue: supplier/acme. Without --queue the limits"
            + " are listed.",
        options: [
            .value("--queue", "NAME", "the queue, or QUEUE/GROUP"), .value("--at-once", "N", "how many run at a time"),
            .value("--rate", "N/SECONDS", "how many are begun in any so many seconds"),
            .flag("--end", "end its limit"), .data, .json,
        ]
    ) { invocation in
        let queue = invocation.value("--queue").map { JobQueue(rawValue: $0) }
        let atOnce = try invocation.value("--at-once").map { try number($0, of: "--at-once") }
        let rate = try invocation.value("--rate").map(Self.rate)
        let isEnd = invocation.has("--end")
        let isLimit = atOnce != nil || rate != nil
        guard queue == nil ? !isEnd && !isLimit : isEnd != isLimit else {
            throw CommandFault(
                "--queue takes --at-once, --rate or both, or --end, and none of them goes without it.",
                advice: "deskctl jobs limit --queue supplier --at-once 4", status: .usage)
        }
        return try await DeskConnection(invocation).withDatabase { database in
            let ledger = JobLedger(database)
            if let queue, isEnd, try await !ledger.endLimit(queue) {
                throw CommandFault("\(queue) has no limit.", advice: "deskctl jobs limit", status: .data)
            } else if let queue, isLimit {
                try await ledger.limit(queue, atOnce: atOnce, rate: rate)
            }
            show(try await ledger.limits(), asJSON: invocation.has("--json"))
            return .success
        }
    }

    private static func show(_ limits: [JobLimit], asJSON: Bool) {
        let seconds = limits.map { $0.span.map { Int($0.components.seconds) } }
        if asJSON {
            let rows = zip(limits, seconds).map { limit, seconds in
                JSON.object([
                    "queue": limit.queue.rawValue, "at_once": limit.atOnce, "rate": limit.rate, "seconds": seconds,
                ])
            }
            Terminal.write(JSON.array(rows).text, to: .output)
        } else {
            let rows = zip(limits, seconds).map { limit, seconds in
                [
                    limit.queue.rawValue, limit.atOnce.map { "\($0)" } ?? "",
                    limit.rate.map { "\($0) in \(seconds ?? 0) s" } ?? "",
                ]
            }
            Terminal.write(Table.text(headings: ["queue", "at once", "begun"], rows: rows), to: .output)
        }
    }

    private static func number(_ text: String, of option: String) throws -> Int {
        guard let number = Int(text), (1...1_000_000).contains(number) else {
            throw CommandFault("\(option) is \"\(text)\".", advice: "a number from 1 to 1000000.", status: .usage)
        }
        return number
    }

    private static func rate(_ text: String) throws -> (count: Int, span: Duration) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw CommandFault("--rate is \"\(text)\".", advice: "such as 100/60.", status: .usage)
        }
        return (try number(parts[0], of: "--rate"), .seconds(try number(parts[1], of: "--rate")))
    }
}
