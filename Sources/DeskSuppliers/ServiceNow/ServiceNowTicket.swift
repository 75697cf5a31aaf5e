public import Foundation
public import JSON
public import Moments

/// An incident, or a row of the table that is agreed on, as an instance of ServiceNow shows it.
public struct ServiceNowTicket: Hashable, Sendable {
    /// The `sys_id`.
    public var id: String
    /// The number that people use.
    public var number: String?
    public var state: String?
    public var holdReason: String?
    /// Whether anything can still be done with it; a solved one is active until it is closed.
    public var isActive: Bool
    public var correlation: String?
    /// Whose ticket it is beside theirs: `correlation_display`.
    public var system: String?
    public var impact: String?
    public var urgency: String?
    public var priority: String?
    public var severity: String?
    public var closeCode: String?
    public var closeNotes: String?
    public var created: Moment?
    public var updated: Moment?
    public var resolved: Moment?
    /// The `sys_mod_count`: another one after each change.
    public var changes: String?

    public static let fields = [
        "sys_id", "number", "state", "hold_reason", "active", "correlation_id", "correlation_display", "impact",
        "urgency", "priority", "severity", "close_code", "close_notes", "sys_created_on", "sys_updated_on",
        "resolved_at", "sys_mod_count",
    ]

    /// Reads a row. All values are texts, and one that is empty is as good as absent.
    ///
    /// - Returns: nil for what has no `sys_id`.
    public init?(reading json: JSON) {
        guard let id = json.field("sys_id") else { return nil }
        self.id = id
        (number, state, holdReason) = (json.field("number"), json.field("state"), json.field("hold_reason"))
        isActive = json.field("active") != "false"
        (correlation, system) = (json.field("correlation_id"), json.field("correlation_display"))
        (impact, urgency) = (json.field("impact"), json.field("urgency"))
        (priority, severity) = (json.field("priority"), json.field("severity"))
        (closeCode, closeNotes) = (json.field("close_code"), json.field("close_notes"))
        (created, updated) = (json.time("sys_created_on"), json.time("sys_updated_on"))
        (resolved, changes) = (json.time("resolved_at"), json.field("sys_mod_count"))
    }

    /// The exchange of ours that it belongs to.
    public var exchange: UUID? { correlation.flatMap(UUID.init(uuidString:)) }

    /// The state as it is mapped: while it is on hold with the reason behind a slash.
    public var word: String? {
        guard let state else { return nil }
        return state == Self.onHold ? ([state] + [holdReason].compactMap(\.self)).joined(separator: "/") : state
    }

    var isFinished: Bool { state.map(Self.finished.contains) ?? false }

    /// In the delivered states of an incident.
    static let onHold = "3"
    static let resolvedState = "6"
    /// Those that ask for a code and words of closure.
    static let finished: Set = [resolvedState, "7"]
}

/// An entry of a journal field, which is read from a table of its own: the field itself always reads empty.
public struct ServiceNowEntry: Hashable, Sendable {
    public let id: String
    /// The `sys_id` of its ticket.
    public let ticket: String
    /// The field that was written.
    public let journal: String
    public let text: String
    /// The account that wrote it.
    public let author: String?
    public let created: Moment?

    public static let fields = ["sys_id", "element_id", "element", "value", "sys_created_on", "sys_created_by"]

    /// - Returns: nil for what has no identity, ticket or words.
    public init?(reading json: JSON) {
        guard let id = json.field("sys_id"), let ticket = json.field("element_id"),
            let journal = json.field("element"), let text = json.field("value")
        else { return nil }
        (self.id, self.ticket, self.journal, self.text) = (id, ticket, journal, text)
        (author, created) = (json.field("sys_created_by"), json.time("sys_created_on"))
    }
}

extension Moment {
    /// The time as instances write it, in UTC without saying so: `2026-03-12 13:05:00`.
    public var serviceNow: String {
        rfc3339(fractionDigits: 0).replacing("T", with: " ").replacing("Z", with: "")
    }
}

extension JSON {
    /// The value of a field, which a reference to another row and a labelled value wrap once more.
    func field(_ name: String) -> String? {
        let value = self[name]
        return (value?["value"] ?? value)?.word
    }

    func time(_ name: String) -> Moment? { field(name).flatMap(Moment.init(lenient:)) }
}
