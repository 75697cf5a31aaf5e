import HTTP
import JSON

extension Request {
    /// The JSON in the body.
    ///
    /// - Throws: `Problem` 415 for content of another type, `JSONSyntaxFault`.
    func json(accepting patch: Bool = false) throws -> JSON {
        if let type = contentType, !type.isJSON {
            let fields: Fields =
                patch ? ["Accept-Patch": "application/merge-patch+json"] : [.accept: "application/json"]
            throw Problem(
                .unsupportedMediaType, detail: "Send JSON with Content-Type: application/json.", fields: fields)
        }
        return try JSON.parse(body.bytes)
    }

    /// Refuses a body where none has a meaning, apart from an empty object.
    func requireNoBody() throws {
        guard !body.bytes.isEmpty else { return }
        _ = try json().read { _ in true }
    }
}

extension JSONForm where Value: CaseIterable & RawRepresentable<Int> {
    /// One of a few numbers, such as an impact.
    static var number: JSONForm {
        let last = Value.allCases.map(\.rawValue).max() ?? 1
        return JSONForm<Int>.integer(1...last).checked("is not a known number") { Value(rawValue: $0) }
    }
}
