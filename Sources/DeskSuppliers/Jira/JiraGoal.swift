public import Desk
public import JSON

/// What an issue is to be brought to with a message: a status by its name or, where the workflow leads to none of that
/// name, by its category.
public struct JiraGoal: Hashable, Sendable {
    /// The name of the status.
    public let name: String?
    /// The categories that do as well, the best first.
    public let categories: [String]
    /// What the status has to mean, where nobody asks for it by its name.
    private let meanings: Set<SupplierState>
    /// Whether a person is told where the workflow does not lead there.
    public let isRequired: Bool

    /// - Returns: nil where the message asks for no status.
    public init?(_ kind: SupplierMessage.Kind, in mapping: Supplier.Mapping) {
        name = mapping.told[kind]
        switch kind {
        case .withdrawal: (categories, meanings, isRequired) = (["done"], [.rejected, .withdrawn, .resolved], true)
        case .reopening:
            (categories, meanings, isRequired) = (["indeterminate", "new"], [.sent, .acknowledged, .inProgress], true)
        case .answer: (categories, meanings, isRequired) = (["indeterminate"], [.inProgress], false)
        case .closure: (categories, meanings, isRequired) = ([], [], false)
        case .referral, .question, .note, .change, .escalation: return nil
        }
    }

    /// Whether an issue need not be moved.
    public func isReached(by issue: JiraIssue, in mapping: Supplier.Mapping) -> Bool {
        if let name, issue.status?.lowercased() == name.lowercased() { return true }
        if let state = issue.state(in: mapping) { return meanings.contains(state) }
        return issue.category.map(categories.contains) ?? false
    }

    /// The way to go; nil where there is none that needs nothing which we do not have.
    public func choice(among transitions: [JiraTransition], in mapping: Supplier.Mapping) -> JiraTransition? {
        let open = transitions.filter { $0.required.isSubset(of: ["resolution"]) }
        if let name, let named = open.first(where: { $0.status.lowercased() == name.lowercased() }) { return named }
        for category in categories {
            let fitting = open.filter { transition in
                transition.category == category && mapping.state(transition.status).map(meanings.contains) ?? true
            }
            // Best is a status that somebody has given the meaning.
            if let best = fitting.first(where: { mapping.state($0.status) != nil }) ?? fitting.first { return best }
        }
        return nil
    }

    /// The request to go that way.
    public func json(_ transition: JiraTransition, in mapping: Supplier.Mapping) -> JSON {
        var members = JSONObject([("transition", .object(["id": transition.id.json]))])
        if let resolution = resolution(of: transition, in: mapping) {
            members["fields"] = .object(["resolution": JSON.object(["name": resolution.json])])
        }
        return .object(members)
    }

    /// What came of it: nothing, where it is taken back.
    private func resolution(of transition: JiraTransition, in mapping: Supplier.Mapping) -> String? {
        guard let allowed = transition.resolutions, transition.category == "done" else { return nil }
        let fitting = allowed.first { mapping.state($0) == .rejected && meanings.contains(.rejected) }
        return fitting ?? (transition.required.contains("resolution") ? allowed.first : nil)
    }
}
