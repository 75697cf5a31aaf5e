import Desk
import Moments
import Runtime

/// Waits until every program is ready and then tells where the desk is.
struct UpGreeting: Service {
    let name = "greeting"
    let plan: UpPlan
    let children: [UpChild]
    /// Who can sign in to the example, if it runs.
    let example: ExampleDesk.Keys?
    let probe: ReadinessProbe
    let log: Log
    let begun: Moment
    let format: Log.Format
    var write: @Sendable (String) -> Void = { Terminal.write($0, to: .output) }

    func run(until stop: StopSignal) async throws {
        let ready: Void? = try await stop.untilRaised { [probe, children] in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for port in children.compactMap(\.metricsPort) {
                    group.addTask(executorPreference: EventLoop.current) { try await probe.wait(for: port) }
                }
                try await group.waitForAll()
            }
        }
        guard ready != nil else { return }
        let duration = probe.time.now.duration(since: begun)
        switch format {
        case .json: log.info("the desk is open", ["after": .seconds(duration), "url": .string(plan.portal)])
        case .text: write(text(after: duration))
        }
        await stop.wait()
    }

    /// What a newcomer wants to know.
    func text(after duration: Duration) -> String {
        let ports = plan.ports
        var rows = [
            ("Portal", plan.portal), ("Workspace", "\(plan.portal)/desk"),
            ("Reports", "http://localhost:\(ports.reporting)/reports"),
            ("Mail in", "127.0.0.1:\(ports.lmtp) (LMTP)"),
        ]
        if plan.isExample {
            rows.append(("Mail out", "is caught as files in \(plan.folder.caughtMail)"))
            rows.append(("Supplier", "http://127.0.0.1:\(ports.supplier)"))
        }
        rows.append(("Data", plan.folder.path))
        let seconds = duration.components.seconds
        return """

            The desk is open (after \(seconds) s).

            \(Table.text(rows, indent: 2))
            \(signIns)
            Ctrl-C stops everything.

            """
    }

    /// A few people of the example, one of each kind, and their password.
    private var signIns: String {
        guard let example else { return "" }
        var seen: Set<String> = []
        let rows = example.people.compactMap { person -> (String, String)? in
            let roles = person.roles.map(\.role.rawValue).joined(separator: ", ")
            guard !roles.isEmpty, seen.insert(roles).inserted else { return nil }
            return (person.email, "\(person.name), \(person.site): \(roles)")
        }
        return """

            Sign in with the password \(example.password) as

            \(Table.text(rows, indent: 2))

            """
    }
}
