import JSON
import Jobs
import Moments
import Runtime

extension Command {
    static let jobsBlocked = Command(
        words: ["jobs", "blocked"], summary: "List the keys whose jobs wait because one of them has died",
        details: "deskctl jobs retry or cancel, with the number of the dead job, lets the others go on.",
        options: [.data, .json]
    ) { invocation in
        try await DeskConnection(invocation).withDatabase { database in
            let keys = try await JobLedger(database).blockedKeys()
            if invocation.has("--json") {
                let rows = keys.map { key in
                    JSON.object([
                        "key": key.key, "job": Int(key.job.rawValue), "kind": key.kind.rawValue,
                        "since": key.since.rfc3339, "reason": key.reason, "waiting": key.waiting,
                    ])
                }
                Terminal.write(JSON.array(rows).text, to: .output)
            } else {
                let rows = keys.map { key in
                    [key.key, "\(key.job)", key.kind.rawValue, key.since.rfc3339, "\(key.waiting)", key.reason ?? ""]
                }
                let headings = ["key", "dead job", "kind", "since", "waiting", "reason"]
                Terminal.write(Table.text(headings: headings, rows: rows), to: .output)
            }
            return .success
        }
    }
}
