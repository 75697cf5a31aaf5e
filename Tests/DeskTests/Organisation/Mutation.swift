import JSON

/// One change to a document: a place, and what stands there instead; nil takes it out. A place after the end of a list
/// is its end.
struct Mutation: CustomStringConvertible {
    let tokens: [String]
    let value: JSON?

    var description: String { "/\(tokens.joined(separator: "/")) = \(value?.text ?? "nothing")" }

    /// Every place of the document taken out and made another kind of thing, and a strange member added to every
    /// object. Of a list the first element stands for all.
    static func all(of document: JSON) -> [Mutation] {
        places(of: document, []).flatMap { tokens, value -> [Mutation] in
            let others: [JSON] = [.null, 7, "word", [], .object(JSONObject())]
            var changes = others.filter { $0 != value }.map { Mutation(tokens: tokens, value: $0) }
            changes.append(Mutation(tokens: tokens, value: nil))
            if value.object != nil { changes.append(Mutation(tokens: tokens + ["stranger"], value: 1)) }
            return changes
        }
    }

    private static func places(of json: JSON, _ tokens: [String]) -> [(tokens: [String], value: JSON)] {
        var found = tokens.isEmpty ? [] : [(tokens, json)]
        for member in json.object ?? JSONObject() { found += places(of: member.value, tokens + [member.name]) }
        for (index, element) in (json.array ?? []).prefix(1).enumerated() {
            found += places(of: element, tokens + ["\(index)"])
        }
        return found
    }

    func apply(to document: JSON) -> JSON { Self.replacing(document, tokens[...], value) }

    private static func replacing(_ json: JSON, _ tokens: ArraySlice<String>, _ value: JSON?) -> JSON {
        guard let token = tokens.first else { return value ?? .null }
        let rest = tokens.dropFirst()
        if var array = json.array, let index = Int(token) {
            if index >= array.count {
                array.append(replacing(.null, rest, value))
            } else if rest.isEmpty, value == nil {
                array.remove(at: index)
            } else {
                array[index] = replacing(array[index], rest, value)
            }
            return .array(array)
        }
        var object = json.object ?? JSONObject()
        object[token] = rest.isEmpty ? value : replacing(object[token] ?? .null, rest, value)
        return .object(object)
    }
}
