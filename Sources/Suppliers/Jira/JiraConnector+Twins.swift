import Desk
import DeskSuppliers
import Foundation
import Moments

/// Issues that were opened twice, by a request that got doubled on its way.
extension JiraConnector {
    /// Says that issues are ones too many: the oldest of an exchange is the one that goes on. Where the workflow does
    /// not let them end, the comment is what remains.
    func withdraw(
        _ twins: ArraySlice<JiraIssue>, of issue: JiraIssue, in exchange: String, at api: JiraAPI
    ) async throws(Setback) {
        for twin in twins where !twin.isOver(in: mapping) {
            let farewell = JiraRemark(
                "Opened twice; \(issue.key) goes on.", as: "\(exchange):twin", said: nil, to: terms)
            try await carry(from: twin, to: issue, but: farewell.identity, at: api)
            _ = try await write(farewell, on: twin, at: api)
            do { try await move(twin, for: .withdrawal, at: api) } catch .refused {}
        }
    }

    /// Has what was written on a twin before the older one showed itself stand there too.
    private func carry(
        from twin: JiraIssue, to issue: JiraIssue, but identity: String, at api: JiraAPI
    ) async throws(Setback) {
        let ours = try await api.comments(of: twin.id, since: nil)
            .filter { $0.message != nil && $0.message != identity }
        guard !ours.isEmpty else { return }
        let there = Set(try await api.comments(of: issue.id, since: nil).compactMap(\.message))
        for comment in ours {
            guard let message = comment.message, !there.contains(message) else { continue }
            let remark = JiraRemark(comment.text, as: message, said: comment.created, to: terms)
            _ = try await write(remark, on: issue, at: api)
        }
    }

    /// Which of these have an older twin. A twin that is still open is told so here too: the
    /// desk may have nothing more to say.
    func twins(among issues: [JiraIssue], at api: JiraAPI) async throws(Setback) -> Set<String> {
        let exchanges = Set(issues.compactMap { $0.exchange(under: terms.label)?.uuidString.lowercased() }).sorted()
        var twins: Set<String> = []
        for start in stride(from: 0, to: exchanges.count, by: 50) {
            let found = try await api.all(.exchanges(Array(exchanges[start...].prefix(50)), of: terms))
            for (exchange, group) in Dictionary(grouping: found, by: { $0.exchange(under: terms.label) }) {
                let group = group.sorted(by: JiraIssue.isOlder)
                guard let exchange, let oldest = group.first, group.count > 1 else { continue }
                try await withdraw(group[1...], of: oldest, in: exchange.uuidString.lowercased(), at: api)
                twins.formUnion(group[1...].map(\.id))
            }
        }
        return twins
    }
}
