import DeskSuppliers
public import Foundation
public import HTTP
import Runtime
public import SupplierTestSupport

extension JiraSite: PlayedInterface {
    public var members: [String: Any] {
        var members: [String: Any] = [
            "connector": "jira", "url": url, "project": traits.project,
            "secrets": ["token": ["secret": "their-token"]],
        ]
        members.merge(traits.isCloud ? ["email": traits.email] : ["edition": "data_center"]) { $1 }
        members.merge(
            traits.hasServiceDesk ? ["service_desk": ["id": "3", "request_type": "25"]] : ["issue_type": "Incident"]
        ) { $1 }
        return members
    }
    public var secrets: [String: String] { ["their-token": traits.token] }

    /// Jira is searched by POST.
    public func isWriting(_ request: Request) -> Bool { request.method != .get && !request.path.contains("/search") }

    public var held: [PlayedTicket] { played { !$0.isTwin } }
    public var givenUp: [PlayedTicket] { played(\.isTwin) }

    private func played(_ isWanted: (Issue) -> Bool) -> [PlayedTicket] {
        issues.filter(isWanted).compactMap { issue in
            let comments = issue.comments.map { PlayedTicket.Note($0.text, isOurs: $0.author == Self.account) }
            let first = PlayedTicket.Note(JiraText.text(of: issue.description), isOurs: true)
            return exchange(of: issue).map { PlayedTicket($0, issue.played, [first] + comments) }
        }
    }

    public func files(of exchange: UUID) -> [PlayedFile] {
        issues.filter { !$0.isTwin && self.exchange(of: $0) == exchange }.flatMap { $0.files.map(\.content) }
    }

    public func say(_ text: String, on exchange: UUID) {
        if let key = key(of: exchange) { write(text, on: key) }
    }

    public func attach(_ file: PlayedFile, to exchange: UUID) {
        guard let issue = issues.first(where: { !$0.isTwin && self.exchange(of: $0) == exchange }) else { return }
        clock.advance(by: .seconds(1))
        keep([file], by: "Nora", at: issue.id)
    }

    public func bring(_ exchange: UUID, into state: PlayedTicket.State) {
        let states: [PlayedTicket.State: Status] = [
            .open: .inProgress, .waiting: .waiting, .resolved: .done, .closed: .closed, .withdrawn: .canceled,
        ]
        if let key = key(of: exchange), let status = states[state] { move(key, to: status) }
    }

    private func key(of exchange: UUID) -> String? {
        issues.first { !$0.isTwin && self.exchange(of: $0) == exchange }?.key
    }

    /// By its label, or before it has one by what stands in it.
    private func exchange(of issue: Issue) -> UUID? {
        let words = issue.labels.compactMap { UUID(uuidString: String($0.suffix(36))) }
        return words.first
            ?? JiraText.text(of: issue.description).split { $0.isWhitespace }.lazy
            .compactMap { UUID(uuidString: String($0)) }.first
    }
}

extension JiraSite.Comment {
    public var text: String { JiraText.text(of: body) }
}

extension JiraSite.Issue {
    /// Whether it was opened by a request that came twice, and has been given up.
    fileprivate var isTwin: Bool { comments.contains { $0.text.hasPrefix("Opened twice") } }

    fileprivate var played: PlayedTicket.State {
        switch status {
        case .waiting: .waiting
        case .done: .resolved
        case .closed: .closed
        case .canceled: .withdrawn
        default: .open
        }
    }
}
