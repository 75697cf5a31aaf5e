import Jobs
import Runtime

extension Command {
    private static let scope: [Option] = [
        .value("--queue", "NAME", "of one queue alone"),
        .value("--site", "CODE", "of one site alone; '' for the jobs of none"), .data,
    ]

    static let jobsPause = Command(
        words: ["jobs", "pause"], summary: "Have workers begin nothing further of a queue, of a site, or at all",
        details: "What they have claimed goes on, and jobs can be left as ever. deskctl jobs resume ends it.",
        options: scope
    ) { invocation in
        let (queue, site) = part(invocation)
        return try await DeskConnection(invocation).withDatabase { database in
            let ledger = JobLedger(database)
            let lanes = try await ledger.stats(bound: 1)
            guard lanes.contains(where: { (queue ?? $0.queue) == $0.queue && (site ?? $0.site ?? "") == $0.site ?? "" })
            else {
                throw CommandFault(
                    "no job has ever been left \(told(queue, site)).", advice: "deskctl jobs stats", status: .noInput)
            }
            try await ledger.pause(queue: queue, site: site)
            Terminal.write("Jobs \(told(queue, site)) are not begun until they are resumed.", to: .output)
            return .success
        }
    }

    static let jobsResume = Command(
        words: ["jobs", "resume"], summary: "End what deskctl jobs pause began",
        details: "Without options every pause is ended.", options: scope
    ) { invocation in
        let (queue, site) = part(invocation)
        return try await DeskConnection(invocation).withDatabase { database in
            let ledger = JobLedger(database)
            let ended = try await ledger.resume(queue: queue, site: site)
            for pause in ended { Terminal.write("Jobs \(told(pause.queue, pause.site)) are resumed.", to: .output) }
            for pause in try await ledger.pauses() {
                Terminal.write("Jobs \(told(pause.queue, pause.site)) are still paused.", to: .output)
            }
            guard ended.isEmpty else { return .success }
            throw CommandFault(
                "jobs \(told(queue, site)) were not paused.", advice: "deskctl jobs stats", status: .data)
        }
    }

    private static func part(_ invocation: Invocation) -> (queue: JobQueue?, site: String?) {
        (invocation.value("--queue").map { JobQueue(rawValue: $0) }, invocation.value("--site"))
    }

    private static func told(_ queue: JobQueue?, _ site: String?) -> String {
        let place = site.map { $0.isEmpty ? " at no site" : " at \($0)" } ?? ""
        return queue.map { "of the queue \($0)\(place)" } ?? "of every queue\(place)"
    }
}
