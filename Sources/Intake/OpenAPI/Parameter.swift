import Desk
import DeskStore
import HTTP
import JSON

/// What a list can be asked by in its query string.
struct Parameter: Sendable {
    let name: String
    let detail: String
    let schema: @Sendable (Directory) -> JSONSchema
    var isRequired = false

    init(
        _ name: String, _ detail: String, _ schema: @escaping @Sendable @autoclosure () -> JSONSchema = .text,
        isRequired: Bool = false
    ) {
        self.init(name, detail, isRequired: isRequired) { _ in schema() }
    }

    init(
        _ name: String, _ detail: String, isRequired: Bool = false,
        schema: @escaping @Sendable (Directory) -> JSONSchema
    ) {
        (self.name, self.detail, self.isRequired, self.schema) = (name, detail, isRequired, schema)
    }

    static var limit: Parameter {
        Parameter("limit", "how many a page holds; 50 if left out", .whole(1...ListQuery.largestPage))
    }

    static var cursor: Parameter {
        Parameter("cursor", "the page behind another, as its Link says; made by the desk alone", .text(of: 1...1000))
    }

    /// Words to look for.
    static func words(_ detail: String, atLeast least: Int = 1) -> Parameter {
        Parameter("q", detail, .text(of: least...200))
    }

    /// As OpenAPI writes it.
    func json(in place: String, _ directory: Directory, hiding lists: [[String]]) -> JSON {
        .object([
            "name": name, "in": place, "required": isRequired, "description": detail,
            "schema": schema(directory).hiding(lists).json,
        ])
    }
}
