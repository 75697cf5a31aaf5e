import Desk
import DeskWeb
import HTML

/// What was written in the form of an action, carried along by a page that asks once more.
struct CarriedFields {
    private let names: [String]

    init(_ organisation: Organisation) {
        names =
            [
                "note", "team", "reason", "supplier", "outcome", "contact", "person", "by", "at", "to", "question",
                "level", "position", "knowledge", "article", "kind", "category", "impact", "urgency", "priority",
                "tags",
            ] + organisation.needs.map { "need-\($0.code)" }
    }

    func html(of draft: Draft) -> [HTML] {
        names.filter { !draft[$0].isEmpty }.map { name in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(draft[name])\">"
        }
    }
}
