import HTTP
import JSON
import SchemaTestSupport

/// An OpenAPI document as the tests read it: which answer an operation may give, and what it looks like.
struct DocumentedAPI {
    private let document: JSON

    init(_ document: JSON) { self.document = document }

    /// What of an answer the document does not say.
    func faults(in response: Response, to method: HTTP.Method, _ path: String) throws -> [String] {
        let path = path.prefix { $0 != "?" }
        guard let operation = operation(method, String(path)) else {
            return [404, 405, 400].contains(response.status.code) ? [] : ["is not in the document"]
        }
        guard let answer = operation["responses"]?["\(response.status.code)"].map(resolved) else {
            // A fault of ours is nobody's contract.
            return response.status.code == 500 ? [] : ["the status \(response.status.code) is not in the document"]
        }
        guard response.status != .notModified else { return [] }
        let type = response.fields[.contentType].map { String($0.prefix { $0 != ";" }) }
        guard let contents = answer["content"]?.object, !contents.isEmpty else {
            return response.body.bytes.isEmpty ? [] : ["a body is not in the document"]
        }
        guard contents["*/*"] == nil else { return [] }
        guard let media = type.flatMap({ contents[$0] }) else {
            return ["the type \(type ?? "none") is not in the document"]
        }
        guard let schema = media["schema"], let body = try? JSON.parse(response.body.bytes) else { return ["no JSON"] }
        var check = SchemaCheck(in: document)
        return try check.faults(body, by: schema)
    }

    /// The operation at a path, the most literal one first.
    private func operation(_ method: HTTP.Method, _ path: String) -> JSON? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let fitting = (document["paths"]?.object ?? JSONObject()).filter { item in
            let names = item.name.split(separator: "/", omittingEmptySubsequences: false)
            return names.count == parts.count
                && zip(names, parts).allSatisfy { $0.first == "{" ? !$1.isEmpty : $0 == $1 }
        }
        let best = fitting.min { one, other in
            one.name.filter { $0 == "{" }.count < other.name.filter { $0 == "{" }.count
        }
        return best?.value[method.rawValue.lowercased()]
    }

    private func resolved(_ json: JSON) -> JSON {
        guard let pointer = json["$ref"]?.string else { return json }
        return pointer.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
    }
}
