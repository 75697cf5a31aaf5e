import Moments
import Runtime

/// Waits until every program is ready and then tells where the desk is.
struct UpGreeting: Service {
    let name = "greeting"
    let plan: UpPlan
    let children: [UpChild]
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
            ("Portal", plan.portal), ("Workspace", "\(plan.portal)/desk"), ("Administration", "\(plan.portal)/admin"),
            ("Reports", "http://localhost:\(ports.reporting)/reports"),
            ("Mail in", "127.0.0.1:\(ports.lmtp) (LMTP)"),
        ]
        if plan.isExample {
            rows.append(("Mail out", "is caught on 127.0.0.1:\(ports.catcher)"))
            rows.append(("Supplier", "http://127.0.0.1:\(ports.supplier)"))
        }
        rows.append(("Data", plan.folder.path))
        let seconds = duration.components.seconds
        return """

            The desk is open (after \(seconds) s).

            \(Table.text(rows, indent: 2))

            Ctrl-C stops everything.

            """
    }
}
