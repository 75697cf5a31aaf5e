public import Desk
import Foundation
public import JSON
import Moments

/// What the desk writes into a supplier's Jira for one of its messages: no more than the message discloses.
public struct JiraOrder: Sendable {
    public let event: CloudEvent<DeskMessage>
    public let terms: Supplier.Jira
    public let mapping: Supplier.Mapping

    public init(_ event: CloudEvent<DeskMessage>, to terms: Supplier.Jira, in mapping: Supplier.Mapping) {
        (self.event, self.terms, self.mapping) = (event, terms, mapping)
    }

    private var message: DeskMessage { event.payload }

    /// The identity of the exchange, which their issue carries in a label.
    public var exchange: String { message.exchange.uuidString.lowercased() }
    public var labels: [String] { [terms.label, "\(terms.label)-\(exchange)"] }

    private var note: String? { said(message.words) }

    /// The note that goes along, as a comment.
    public var remark: JiraRemark? { note.map { remark($0, as: event.id) } }

    /// Other words on the occasion of the message.
    public func remark(_ text: String, as identity: String) -> JiraRemark {
        JiraRemark(text, as: identity, said: event.time, to: terms)
    }

    /// Their word for our priority.
    public var priority: JSON? {
        message.disclosure[.priority]?.integer.flatMap { Priority(rawValue: Int($0)) }
            .flatMap { mapping.priorities[$0] }.map { JSON.object(["name": $0.json]) }
    }

    /// The issue that they are asked to open.
    public var issue: JSON {
        var fields = JSONObject([
            ("project", .object(["key": terms.project.json])), ("summary", summary.json),
            ("description", JiraText.json(of: description, for: terms.edition)), ("labels", labels.json),
        ])
        fields["issuetype"] = terms.issueType.map { JSON.object(["name": $0.json]) }
        fields["priority"] = priority
        return .object(["fields": JSON.object(fields)])
    }

    /// The request that their service desk is asked to take. It takes no labels: until it has some, the exchange stands
    /// in its description.
    public func request(to serviceDesk: Supplier.Jira.ServiceDesk) -> JSON {
        .object([
            "serviceDeskId": serviceDesk.id.json, "requestTypeId": serviceDesk.requestType.json,
            "requestFieldValues": JSON.object(["summary": summary.json, "description": description.json]),
        ])
    }

    /// What a request lacks that an issue is opened with.
    public var marks: JSON {
        var members = JSONObject()
        members["fields"] = priority.map { JSON.object(["priority": $0]) }
        members["update"] = .object(["labels": JSON.array(labels.map { JSON.object(["add": $0.json]) })])
        return .object(members)
    }

    /// The link to our ticket. Jira keeps one of each `globalId`, however often it is put there.
    public var link: JSON {
        .object([
            "globalId": "meridian:exchange=\(exchange)".json,
            "application": JSON.object(["type": "com.meridian", "name": "Meridian"]),
            "relationship": "is handled together with",
            "object": JSON.object(["url": event.source.json, "title": message.ourReference.json]),
        ])
    }

    /// Whether an issue of theirs is the one of this exchange.
    public func isOurs(_ issue: JiraIssue) -> Bool { Self.isOurs(issue, exchange, under: terms.label) }

    public static func isOurs(_ issue: JiraIssue, _ exchange: String, under label: String) -> Bool {
        if let labelled = issue.exchange(under: label) { return labelled.uuidString.lowercased() == exchange }
        return issue.description.lowercased().contains(exchange)
    }

    private var summary: String {
        let words = text(.subject) ?? message.ourReference
        return String(words.map { $0.isNewline ? " " : $0 }.prefix(255))
    }

    private var description: String {
        var facts = ["Ticket: \(message.ourReference)"]
        if let site = text(.site) { facts.append("Site: \(site)") }
        if let category = text(.category) { facts.append("Category: \(mapping.categories[category] ?? category)") }
        if let kind = text(.kind) { facts.append("Kind: \(kind)") }
        if let name = text(.requesterName) { facts.append("Requester: \(name)") }
        if let address = text(.requesterEmail) { facts.append("Address: \(address)") }
        if terms.serviceDesk != nil { facts.append("Exchange: \(exchange)") }
        return [note, text(.description), facts.joined(separator: "\n")].compactMap(\.self).joined(separator: "\n\n")
    }

    private func text(_ field: Supplier.Field) -> String? {
        said(message.disclosure[field]?.string)
    }

    /// Jira takes no text of blanks alone.
    private func said(_ words: String?) -> String? { words.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 } }
}
