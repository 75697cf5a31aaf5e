public import Desk

/// What is looked for in the language of Jira (JQL).
public struct JiraQuery: Hashable, Sendable {
    public let text: String

    /// The issues of an exchange. A request that has no label yet is found by its description.
    public static func exchange(_ exchange: String, of terms: Supplier.Jira) -> JiraQuery {
        let label = "labels = \(quoted("\(terms.label)-\(exchange)"))"
        let isFound = terms.serviceDesk == nil ? label : "(\(label) OR description ~ \(quoted(quoted(exchange))))"
        return JiraQuery(text: "project = \(quoted(terms.project)) AND \(isFound) ORDER BY created ASC")
    }

    /// All issues of some exchanges.
    public static func exchanges(_ exchanges: [String], of terms: Supplier.Jira) -> JiraQuery {
        let labels = exchanges.map { quoted("\(terms.label)-\($0)") }.joined(separator: ", ")
        return JiraQuery(text: "project = \(quoted(terms.project)) AND labels in (\(labels)) ORDER BY created ASC")
    }

    /// What has changed within some minutes. A time would be read in the zone of the account, and to the minute.
    public static func changed(within minutes: Int64, of terms: Supplier.Jira) -> JiraQuery {
        JiraQuery(
            text: """
                project = \(quoted(terms.project)) AND labels = \(quoted(terms.label)) \
                AND updated >= \(quoted("-\(minutes)m")) ORDER BY updated ASC
                """)
    }

    private static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
