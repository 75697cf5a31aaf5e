import Desk
import DeskStore
import DeskSuppliers
import Foundation
import Moments

/// What is learned by asking.
extension JiraConnector {
    /// How far back a poll looks beyond the one before: the index lags, and knows times to the minute.
    private static let overlap: Int64 = 5 * 60
    /// How far back the first poll looks.
    private static let beginning: Int64 = 7 * 86_400
    /// How many issues one poll reads, unless more of them changed at the time where it begins.
    private static let most = 100

    func poll(since cursor: String?, over wire: Wire) async throws(Setback) -> Polled? {
        let api = try await JiraAPI(terms, over: wire)
        let (now, since) = (wire.now, cursor.flatMap(Moment.init(rfc3339:)))
        // Both ends are of our clock, and what is asked for is a length of time: theirs may show another one.
        let age = since.map { max(0, now.seconds - $0.seconds) + Self.overlap } ?? Self.beginning
        let (changed, isWhole) = try await changed(within: age, since: since, at: api)
        guard !changed.isEmpty else { return Polled(receipts: [], cursor: now.rfc3339) }
        let account = try await api.account()
        let twins = try await twins(among: changed, at: api)
        var receipts: [Polled.Receipt] = []
        var files: [AttachedFile] = []
        for issue in changed {
            guard let exchange = issue.exchange(under: terms.label), let whole = try await history(of: issue, at: api)
            else { continue }
            let start = whole.updated.map { $0 - .seconds(age) }
            let comments = try await api.comments(of: issue.id, since: start)
            // What their people wrote is heard wherever it stands; the state of a twin is none of the exchange.
            receipts += SupplierNews.all(of: whole, comments, in: exchange, except: account, under: terms)
                .filter { !($0.tellsState && twins.contains(issue.id)) }
                .map { .init(messageID: $0.messageID, body: $0.text) }
            files += AttachedFile.all(of: whole, in: exchange, except: account)
        }
        let end = isWhole ? now : changed.last?.updated ?? now
        return Polled(receipts: receipts, files: files, cursor: max(end, since ?? end).rfc3339)
    }

    /// The issues that have changed, the one that changed first before the others.
    private func changed(
        within age: Int64, since: Moment?, at api: JiraAPI
    ) async throws(Setback) -> (issues: [JiraIssue], isWhole: Bool) {
        let query = JiraQuery.changed(within: (age + 59) / 60, of: terms)
        var page = try await api.page(of: query, after: nil)
        var issues = page.issues
        while let next = page.next {
            // The next poll begins where this one ends: that has to be later than where it began.
            if issues.count >= Self.most, let last = issues.last?.updated, since.map({ last > $0 }) ?? true {
                return (issues, false)
            }
            page = try await api.page(of: query, after: next)
            issues += page.issues
        }
        return (issues, true)
    }

    /// The issue with its changes; without them where they are more than an answer may hold.
    private func history(of issue: JiraIssue, at api: JiraAPI) async throws(Setback) -> JiraIssue? {
        do { return try await api.issue(issue.id, withHistory: true) } catch .postponed(_, nil) {
            return try await api.issue(issue.id)
        }
    }

    func fetch(_ file: AttachedFile, over wire: Wire) async throws(Setback) -> [UInt8] {
        try await JiraAPI(terms, over: wire).content(of: file)
    }

    func picture(of bond: BondView, over wire: Wire) async throws(Setback) -> Picture? {
        let api = try await JiraAPI(terms, over: wire)
        guard let issue = try await api.find(bond.uuid.uuidString.lowercased(), known: bond.remote).first else {
            return Picture()
        }
        let notes = try await api.comments(of: issue.id, since: nil).map(\.id)
        return Picture(state: issue.status, broader: issue.broader, notes: notes)
    }
}
