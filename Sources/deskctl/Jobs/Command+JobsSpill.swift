import JSON
import Jobs
import Runtime

extension Command {
    static let jobsSpill = Command(
        words: ["jobs", "spill"], summary: "Say from when on workers of other sites take jobs of a queue, or show it",
        details:
            "After so many seconds, and at once while no worker of the jobs' own site is alive. Without a rule they"
            + " stay. A site's rule goes before that for all, and a group's (supplier/acme) before its queue's."
            + " Without --queue the rules are listed.",
        options: [
            .value("--queue", "NAME", "the queue, or QUEUE/GROUP"),
            .value("--site", "CODE", "the jobs of one site alone (all)"),
            .value("--after", "SECONDS", "how long a job must have been due"),
            .flag("--resident", "jobs never leave, also without a worker there"), .flag("--end", "end the rule"), .data,
            .json,
        ]
    ) { invocation in
        let queue = invocation.value("--queue").map { JobQueue(rawValue: $0) }
        let site = invocation.value("--site")
        let after = try invocation.value("--after").map(age)
        let (isResident, isEnd) = (invocation.has("--resident"), invocation.has("--end"))
        let orders = [after != nil, isResident, isEnd].count { $0 }
        guard queue == nil ? orders == 0 && site == nil : orders == 1 && site != "" else {
            throw CommandFault(
                "--queue takes one of --after, --resident and --end, and none of them goes without it.",
                advice: "deskctl jobs spill --queue supplier --after 300", status: .usage)
        }
        return try await DeskConnection(invocation).withDatabase { database in
            let ledger = JobLedger(database)
            if let queue, isEnd, try await !ledger.endSpill(queue, site: site) {
                let place = site.map { " at \($0)" } ?? " for all sites"
                throw CommandFault(
                    "\(queue) has no such rule\(place).", advice: "deskctl jobs spill", status: .data)
            } else if let queue, !isEnd {
                try await ledger.spill(queue, site: site, after: after)
            }
            show(try await ledger.spills(), asJSON: invocation.has("--json"))
            return .success
        }
    }

    private static func show(_ spills: [JobSpill], asJSON: Bool) {
        let seconds = spills.map { $0.after.map { Int($0.components.seconds) } }
        if asJSON {
            let rows = zip(spills, seconds).map { spill, seconds in
                JSON.object([
                    "queue": spill.queue.rawValue, "site": spill.site, "after_seconds": seconds,
                    "resident": spill.after == nil,
                ])
            }
            Terminal.write(JSON.array(rows).text, to: .output)
        } else {
            let rows = zip(spills, seconds).map { spill, seconds in
                [spill.queue.rawValue, spill.site ?? "*", seconds.map { "after \($0) s" } ?? "never"]
            }
            Terminal.write(Table.text(headings: ["queue", "site", "taken elsewhere"], rows: rows), to: .output)
        }
    }

    private static func age(_ text: String) throws -> Duration {
        guard let seconds = Int(text), (0...31_536_000).contains(seconds) else {
            throw CommandFault(
                "--after is \"\(text)\".", advice: "a number of seconds, 0 to 31536000.", status: .usage)
        }
        return .seconds(seconds)
    }
}
