import Desk
import DeskStore
import DeskSuppliers
import Foundation
import JSON
import Moments

/// A supplier's Jira, as its client. Before anything is written there it is looked for, so that whatever may have
/// arrived is found and not written twice.
struct JiraConnector: Connector {
    let terms: Supplier.Jira
    let mapping: Supplier.Mapping

    var polls: Bool { true }

    /// How long the index gets for what may have been opened: it mostly takes seconds, and may take minutes.
    static let patience = Duration.seconds(120)

    func deliver(_ message: Outgoing, over wire: Wire) async throws(Setback) -> Delivered {
        let api = try await JiraAPI(terms, over: wire)
        return try await message.attachFiles(to: place(message, at: api), at: api)
    }

    private func place(_ message: Outgoing, at api: JiraAPI) async throws(Setback) -> Delivered {
        let order = JiraOrder(message.event, to: terms, in: mapping)
        let theirs = try await api.find(order.exchange, known: message.bond.remote)
        guard let issue = theirs.first else { return try await begin(message.kind, order, at: api) }
        try await withdraw(theirs.dropFirst(), of: issue, in: order.exchange, at: api)
        var delivered = Delivered(theirReference: issue.key, remote: issue.id)
        switch message.kind {
        case .referral, .question:
            try await mark(issue, order, at: api)
            if let remark = order.remark, !remark.isSaid(in: try await whole(issue, at: api)) {
                delivered.written = try await write(remark, on: issue, at: api)
            }
        case .answer:
            delivered.written = try await write(order.remark, on: issue, at: api)
            if issue.state(in: mapping) == .waitingForUs {
                try await move(issue, for: .answer, at: api)
            }
        case .note, .escalation: delivered.written = try await write(order.remark, on: issue, at: api)
        case .change:
            if let priority = order.priority, !issue.isOver(in: mapping) {
                try await api.edit(issue.id, .object(["fields": JSON.object(["priority": priority])]))
            }
        case .reopening:
            delivered.written = try await write(order.remark, on: issue, at: api)
            if issue.isOver(in: mapping) { try await move(issue, for: .reopening, at: api) }
        case .closure:
            if issue.isOver(in: mapping) { try await move(issue, for: .closure, at: api) }
        case .withdrawal:
            delivered.written = try await write(order.remark, on: issue, at: api)
            if !issue.isOver(in: mapping) { try await move(issue, for: .withdrawal, at: api) }
        }
        return delivered
    }

    /// A message about a ticket that they do not have.
    private func begin(
        _ kind: SupplierMessage.Kind, _ order: JiraOrder, at api: JiraAPI
    ) async throws(Setback) -> Delivered {
        switch kind {
        case .referral, .question, .reopening: try await create(order, at: api)
        case .answer, .note, .escalation: throw .refused(because: "the supplier no longer has the ticket")
        case .change, .closure, .withdrawal: Delivered()
        }
    }

    /// Looks again afterwards: what was sent once may have got doubled on its way, and what got no answer may have
    /// arrived.
    private func create(_ order: JiraOrder, at api: JiraAPI) async throws(Setback) -> Delivered {
        let made: String?
        do {
            made = try await api.create(order)
        } catch .postponed(let reason, nil) {
            let found = (try? await api.find(order.exchange, known: nil)) ?? []
            guard !found.isEmpty else { throw .postponed(because: reason, after: Self.patience) }
            return try await adopt(found, order, at: api)
        }
        let found = try await api.find(order.exchange, known: made)
        guard !found.isEmpty else {
            throw .postponed(
                because: "the supplier has taken the ticket and does not show it yet", after: Self.patience)
        }
        return try await adopt(found, order, at: api)
    }

    /// The oldest of their issues is the one; any other was opened by the same request.
    private func adopt(
        _ issues: [JiraIssue], _ order: JiraOrder, at api: JiraAPI
    ) async throws(Setback) -> Delivered {
        try await mark(issues[0], order, at: api)
        try await withdraw(issues.dropFirst(), of: issues[0], in: order.exchange, at: api)
        return Delivered(theirReference: issues[0].key, remote: issues[0].id)
    }

    /// Gives an issue all that it is known by.
    private func mark(_ issue: JiraIssue, _ order: JiraOrder, at api: JiraAPI) async throws(Setback) {
        if !Set(order.labels).isSubset(of: issue.labels) { try await api.edit(issue.id, order.marks) }
        // Who may not link issues has the ticket all the same.
        do { try await api.link(issue.id, order.link) } catch .refused {}
    }

    /// With its description, which lists leave out.
    private func whole(_ issue: JiraIssue, at api: JiraAPI) async throws(Setback) -> JiraIssue {
        try await api.issue(issue.id) ?? issue
    }

    func statements(in receipt: String) throws(UnreadableEvent) -> [SupplierStatement] {
        [try SupplierNews(reading: receipt).statement]
    }
}
