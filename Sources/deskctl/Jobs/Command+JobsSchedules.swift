import JSON
import Jobs
import Moments
import Runtime

extension Command {
    static let jobsSchedules = Command(
        words: ["jobs", "schedules"], summary: "List the schedules of jobs, and how far each has come",
        details: "Their patterns stand in the programs that see to them.", options: [.data, .json]
    ) { invocation in
        try await DeskConnection(invocation).withDatabase { database in
            let schedules = try await JobLedger(database).schedules()
            if invocation.has("--json") {
                let rows = schedules.map { JSON.object(["name": $0.name, "last": $0.last.rfc3339]) }
                Terminal.write(JSON.array(rows).text, to: .output)
            } else {
                let rows = schedules.map { [$0.name, $0.last.rfc3339] }
                Terminal.write(Table.text(headings: ["schedule", "last"], rows: rows), to: .output)
            }
            return .success
        }
    }
}
