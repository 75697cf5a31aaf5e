public import JSON
import Postgres

/// Words that were written in several languages at once.
public struct Translations: Sendable, Equatable {
    /// By the tag of their language.
    public let texts: [String: String]

    public init(_ texts: [String: String] = [:]) { self.texts = texts }

    /// As they were kept.
    init(_ column: JSONText?) {
        guard let column, case .object(let object)? = try? JSON.parse(column.text) else {
            self.init()
            return
        }
        self.init(
            object.members.reduce(into: [:]) { texts, member in
                if case .string(let text) = member.value { texts[member.name] = text }
            })
    }

    public var json: JSON {
        .object(JSONObject(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }

    /// As they are kept; nil where there are none.
    var column: JSONText? { texts.isEmpty ? nil : JSONText(String(decoding: json.bytes(), as: UTF8.self)) }
}
