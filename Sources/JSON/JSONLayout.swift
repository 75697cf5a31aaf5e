extension JSON {
    /// The text for people: two spaces a level, members in their order, and whatever fits on a line of
    /// 100 columns without an object in it on one line. Ends with a line feed.
    public func laidOut(sorted: Bool = false) -> String {
        var text = ""
        append(to: &text, indent: 0, style: JSONWriter.Style(isSorted: sorted))
        return text + "\n"
    }

    private func append(to text: inout String, indent: Int, style: JSONWriter.Style) {
        let inner = String(repeating: " ", count: indent + 2)
        let outer = String(repeating: " ", count: indent)
        switch self {
        case .array(let elements) where !elements.isEmpty:
            let line = "[" + elements.map { $0.onOneLine(style) ?? "\n" }.joined(separator: ", ") + "]"
            if !line.contains("\n"), line.count + indent <= 100 {
                text += line
                return
            }
            text += "[\n"
            for (place, element) in elements.enumerated() {
                text += inner
                element.append(to: &text, indent: indent + 2, style: style)
                text += place == elements.count - 1 ? "\n" : ",\n"
            }
            text += outer + "]"
        case .object(let object) where !object.isEmpty:
            let members =
                style.isSorted
                ? object.members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : object.members
            text += "{\n"
            for (place, member) in members.enumerated() {
                text += inner + JSON.string(member.name).text + ": "
                member.value.append(to: &text, indent: indent + 2, style: style)
                text += place == members.count - 1 ? "\n" : ",\n"
            }
            text += outer + "}"
        default:
            text += self.text
        }
    }

    /// Nil where an object stands in it.
    private func onOneLine(_ style: JSONWriter.Style) -> String? {
        switch self {
        case .object(let object): return object.isEmpty ? "{}" : nil
        case .array(let elements):
            var parts: [String] = []
            for element in elements {
                guard let part = element.onOneLine(style) else { return nil }
                parts.append(part)
            }
            return "[" + parts.joined(separator: ", ") + "]"
        default: return text
        }
    }
}
