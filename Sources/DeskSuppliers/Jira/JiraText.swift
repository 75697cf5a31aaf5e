public import Desk
public import JSON

/// Texts as Jira keeps them: in the cloud as documents of the Atlassian Document Format, elsewhere as they are.
public enum JiraText {
    /// How many characters a description or a comment may have.
    static let most = 32_767

    /// A text as an edition takes it.
    public static func json(of text: String, for edition: Supplier.Jira.Edition) -> JSON {
        let text = text.count > most ? text.prefix(most - 1) + "…" : text[...]
        switch edition {
        case .cloud: return document(of: text)
        case .dataCenter: return String(text).json
        }
    }

    /// What a text says, whichever way it is kept.
    public static func text(of json: JSON?) -> String {
        guard let json else { return "" }
        if let text = json.string { return text }
        return trimmed(blocks(json["content"]?.array ?? []))
    }

    /// A paragraph for what stands between empty lines. A node of text that is empty would be refused.
    private static func document(of text: Substring) -> JSON {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        let paragraphs = lines.split { $0.allSatisfy(\.isWhitespace) }.map { lines in
            let nodes = lines.map { JSON.object(["type": "text", "text": String($0).json]) }
            let content = nodes.flatMap { [JSON.object(["type": "hardBreak"]), $0] }.dropFirst()
            return JSON.object(["type": "paragraph", "content": JSON.array(Array(content))])
        }
        return .object(["type": "doc", "version": 1, "content": JSON.array(paragraphs)])
    }

    private static func blocks(_ nodes: [JSON]) -> String {
        nodes.map(block).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func block(_ node: JSON) -> String {
        let content = node["content"]?.array ?? []
        switch node["type"]?.string {
        case "paragraph", "heading", "codeBlock": return content.map(inline).joined()
        case "bulletList": return content.map { "- " + lines($0) }.joined(separator: "\n")
        case "orderedList":
            let first = Int(node["attrs"]?["order"]?.integer ?? 1)
            return content.enumerated().map { "\(first + $0). " + lines($1) }.joined(separator: "\n")
        case "taskList", "decisionList": return content.map { "- " + $0.inlines }.joined(separator: "\n")
        case "tableRow": return content.map(lines).joined(separator: " | ")
        case "table": return content.map(block).joined(separator: "\n")
        case "blockquote": return lines(node).split(separator: "\n").map { "> " + $0 }.joined(separator: "\n")
        case "rule": return "---"
        // A panel, an expansion, or what is not known yet: what counts is what stands in it.
        default: return content.isEmpty ? inline(node) : blocks(content)
        }
    }

    /// What stands in a cell or an item, without empty lines.
    private static func lines(_ node: JSON) -> String {
        (node["content"]?.array ?? []).map(block).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    fileprivate static func inline(_ node: JSON) -> String {
        switch node["type"]?.string {
        case "text":
            let text = node["text"]?.string ?? ""
            let link = node["marks"]?.array?.first { $0["type"] == "link" }?["attrs"]?["href"]?.string
            return link.map { $0 == text ? text : "\(text) (\($0))" } ?? text
        case "hardBreak": return "\n"
        case "inlineCard", "blockCard", "embedCard": return node["attrs"]?["url"]?.string ?? ""
        case "media", "mediaInline": return node["attrs"]?["alt"]?.string.map { "[\($0)]" } ?? ""
        default: return node["attrs"]?["text"]?.string ?? node["attrs"]?["shortName"]?.string ?? node.inlines
        }
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}

extension JSON {
    fileprivate var inlines: String { (self["content"]?.array ?? []).map(JiraText.inline).joined() }
}
