import Runtime

/// Whether a program can do its work now.
struct Readiness: Sendable {
    private struct Outcome: Sendable {
        let name: String
        /// Nil when all is well.
        let fault: String?
    }

    let checks: [HealthCheck]
    let stopping: StopSignal
    private let budget = Duration.seconds(1)

    init(checks: [HealthCheck], stopping: StopSignal) {
        self.checks = checks
        self.stopping = stopping
    }

    /// 200 if all checks pass within a second, else 503; as JSON with the outcome of each if `verbose`.
    func response(verbose: Bool) async -> Response {
        let outcomes = await outcomes()
        let isReady = outcomes.allSatisfy { $0.fault == nil }
        let status: Status = isReady ? .ok : .serviceUnavailable
        guard verbose else { return Response(status, text: isReady ? "ready\n" : "not ready\n") }
        var text = JSONText()
        text.object {
            $0.member("ready", isReady)
            $0.member("checks") { checks in
                for outcome in outcomes {
                    checks.member(outcome.name) { check in
                        check.member("ok", outcome.fault == nil)
                        if let fault = outcome.fault { check.member("fault", fault) }
                    }
                }
            }
        }
        return Response(status, json: text.bytes)
    }

    private func outcomes() async -> [Outcome] {
        var outcomes = await withTaskGroup(of: (Int, Outcome).self) { group in
            for (place, check) in checks.enumerated() {
                group.addTask { (place, await outcome(check)) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        outcomes.sort { $0.0 < $1.0 }
        let stop = Outcome(name: "running", fault: stopping.isRaised ? "the program is stopping" : nil)
        return [stop] + outcomes.map(\.1)
    }

    private func outcome(_ check: HealthCheck) async -> Outcome {
        do {
            let start = ContinuousClock.now
            try await withDeadline(budget) { try await check.check() }
            // A check that cannot be cancelled may pass long after its time.
            let isLate = start.duration(to: .now) > budget
            return Outcome(name: check.name, fault: isLate ? "took longer than \(budget)" : nil)
        } catch {
            return Outcome(name: check.name, fault: String(describing: error))
        }
    }
}
