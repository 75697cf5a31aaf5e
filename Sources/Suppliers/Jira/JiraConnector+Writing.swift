import Desk
import DeskSuppliers
import JSON
import Moments

/// What is written on an issue, and where it is moved.
extension JiraConnector {
    /// Adds a comment unless it is there already, and takes away what a request that got doubled has added.
    ///
    /// - Returns: what the comment is known by there; nothing where there is nothing to say.
    func write(_ remark: JiraRemark?, on issue: JiraIssue, at api: JiraAPI) async throws(Setback) -> [String] {
        guard let remark else { return [] }
        func ours() async throws(Setback) -> [String] {
            try await api.comments(of: issue.id, since: remark.earliest).filter(remark.isSaid(by:)).map(\.id)
        }
        var written = try await ours()
        if written.isEmpty {
            let made = try await api.write(remark.json, on: issue.id)
            written = try await ours()
            if written.isEmpty { written = [made].compactMap(\.self) }
        }
        for copy in written.dropFirst() {
            do { try await api.deleteComment(copy, of: issue.id) } catch .refused {}
        }
        return written
    }

    /// Brings an issue to the status that a message asks for, on a way that its workflow has at this moment.
    func move(_ issue: JiraIssue, for kind: SupplierMessage.Kind, at api: JiraAPI) async throws(Setback) {
        guard let goal = JiraGoal(kind, in: mapping), !goal.isReached(by: issue, in: mapping) else { return }
        guard let transition = goal.choice(among: try await api.transitions(of: issue.id), in: mapping) else {
            if goal.isRequired { throw .refused(because: Self.deadEnd(issue, kind, goal)) }
            return
        }
        do {
            try await api.move(issue.id, goal.json(transition, in: mapping))
        } catch .refused(let reason) {
            // Somebody of theirs may have moved it meanwhile.
            if let now = try await api.issue(issue.id), goal.isReached(by: now, in: mapping) { return }
            if goal.isRequired { throw .refused(because: reason) }
        }
    }

    private static func deadEnd(_ issue: JiraIssue, _ kind: SupplierMessage.Kind, _ goal: JiraGoal) -> String {
        let name = goal.name.map { "\"\($0)\", nor to " } ?? ""
        return """
            from "\(issue.status ?? "where it is")" the supplier's workflow does not lead \(issue.key) to \(name)any \
            status that fits; have it moved by hand, or name another status under mapping.told.\(kind.rawValue)
            """
    }
}
