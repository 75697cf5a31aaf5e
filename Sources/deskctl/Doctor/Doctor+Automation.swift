import Desk
import DeskStore
import Moments
import Postgres
import Runtime

extension Doctor {
    /// For how long a rule that was stopped is told of.
    private static let memory = Duration.seconds(86_400)

    /// Whether rules were stopped: because they feed each other, or because something they say is not possible.
    func automation() async throws -> String {
        let rules = try await store.directory().organisation.automation.rules.filter(\.isEnabled).count
        let stops = try await store.stoppedRules(since: store.timekeeper.now - Self.memory)
        guard stops.isEmpty else {
            let told = stops.map { "\"\($0.rule)\" \($0.count) times (\($0.reason.rawValue))" }
            throw Trouble(
                "rules were stopped since yesterday: \(told.joined(separator: ", ")). The tickets' pages say where")
        }
        return rules == 0 ? "there are no rules" : "\(rules) rules, none of them stopped since yesterday"
    }
}
