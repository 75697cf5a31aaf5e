/// A list of steps that change a document (RFC 6902).
public struct JSONPatch: Sendable, Hashable {
    public enum Step: Sendable, Hashable {
        case add(JSONPointer, JSON)
        case remove(JSONPointer)
        case replace(JSONPointer, JSON)
        case move(from: JSONPointer, to: JSONPointer)
        case copy(from: JSONPointer, to: JSONPointer)
        case test(JSONPointer, JSON)
    }

    public let steps: [Step]

    public init(_ steps: [Step]) { self.steps = steps }

    /// How many steps are taken at most.
    static let most = 1_000

    public static var form: JSONForm<JSONPatch> {
        JSONForm<[Step]>.list(of: step, count: 0...most).map { JSONPatch($0) }
    }

    private static var step: JSONForm<Step> {
        .object { reader in
            let op = reader.required("op", .word(among: ["add", "remove", "replace", "move", "copy", "test"]))
            let path = reader.required("path", pointer)
            // Members that an operation does not know are passed over (RFC 6902 section 4).
            reader.allowUnknown()
            switch op {
            case "remove": return path.map { .remove($0) }
            case "move", "copy":
                guard let from = reader.required("from", pointer), let path else { return nil }
                return op == "move" ? .move(from: from, to: path) : .copy(from: from, to: path)
            case let op?:
                guard let value = reader.required("value", .any), let path else { return nil }
                return op == "add" ? .add(path, value) : op == "test" ? .test(path, value) : .replace(path, value)
            case nil: return nil
            }
        }
    }

    private static var pointer: JSONForm<JSONPointer> {
        JSONForm<String>.text(length: 0...1_000).checked("must be a JSON Pointer such as \"/note/-\"") {
            JSONPointer(parsing: $0)
        }
    }
}

/// Why a patch does not fit the document; nothing of it is applied then.
public struct JSONPatchFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The place that is wrong.
    public let pointer: JSONPointer
    public let detail: String
    public var description: String { "\(pointer.tokens.isEmpty ? "the document" : pointer.description) \(detail)" }
}

extension JSON {
    /// The document after all steps of a patch.
    public func patched(with patch: JSONPatch) throws(JSONPatchFault) -> JSON {
        var document = self
        for step in patch.steps { document = try document.after(step) }
        return document
    }

    private func after(_ step: JSONPatch.Step) throws(JSONPatchFault) -> JSON {
        switch step {
        case .add(let pointer, let value): return try adding(value, at: pointer)
        case .remove(let pointer): return try removing(pointer)
        case .replace(let pointer, let value):
            _ = try self.value(at: pointer)
            return try replacing(pointer.tokens[...], of: pointer) { _ throws(JSONPatchFault) in value }
        case .copy(let from, let to): return try adding(value(at: from), at: to)
        case .move(let from, let to):
            guard !(to.tokens.count > from.tokens.count && to.tokens.starts(with: from.tokens)) else {
                throw JSONPatchFault(pointer: to, detail: "cannot be inside what is moved there")
            }
            return try removing(from).adding(value(at: from), at: to)
        case .test(let pointer, let value):
            guard try self.value(at: pointer) == value else {
                throw JSONPatchFault(pointer: pointer, detail: "has another value than the test expects")
            }
            return self
        }
    }

    private func value(at pointer: JSONPointer) throws(JSONPatchFault) -> JSON {
        guard let value = self[pointer] else { throw JSONPatchFault(pointer: pointer, detail: "is not there") }
        return value
    }

    private func adding(_ value: JSON, at pointer: JSONPointer) throws(JSONPatchFault) -> JSON {
        guard let last = pointer.tokens.last else { return value }
        return try replacing(pointer.tokens.dropLast(), of: pointer) { parent throws(JSONPatchFault) in
            switch parent {
            case .object(var object):
                object[last] = value
                return .object(object)
            case .array(var array):
                guard let place = last == "-" ? array.count : Self.index(last), place <= array.count else {
                    throw JSONPatchFault(pointer: pointer, detail: "is no place in the list")
                }
                array.insert(value, at: place)
                return .array(array)
            default: throw JSONPatchFault(pointer: pointer, detail: "is inside a value that holds nothing")
            }
        }
    }

    private func removing(_ pointer: JSONPointer) throws(JSONPatchFault) -> JSON {
        _ = try value(at: pointer)
        guard let last = pointer.tokens.last else {
            throw JSONPatchFault(pointer: pointer, detail: "cannot be taken away as a whole")
        }
        return try replacing(pointer.tokens.dropLast(), of: pointer) { parent throws(JSONPatchFault) in
            if case .object(var object) = parent {
                object[last] = nil
                return .object(object)
            }
            guard case .array(var array) = parent, let place = Self.index(last) else { return parent }
            array.remove(at: place)
            return .array(array)
        }
    }

    /// The document with what stands at a place changed.
    private func replacing(
        _ tokens: ArraySlice<String>, of pointer: JSONPointer, with change: (JSON) throws(JSONPatchFault) -> JSON
    ) throws(JSONPatchFault) -> JSON {
        guard let token = tokens.first else { return try change(self) }
        switch self {
        case .object(var object):
            guard let inner = object[token] else { break }
            object[token] = try inner.replacing(tokens.dropFirst(), of: pointer, with: change)
            return .object(object)
        case .array(var array):
            guard let place = Self.index(token), array.indices.contains(place) else { break }
            array[place] = try array[place].replacing(tokens.dropFirst(), of: pointer, with: change)
            return .array(array)
        default: break
        }
        throw JSONPatchFault(pointer: pointer, detail: "is inside something that is not there")
    }

    /// A place in a list, written without a sign and without leading zeros.
    private static func index(_ token: String) -> Int? {
        Int(token).flatMap { $0 >= 0 && String($0) == token ? $0 : nil }
    }
}
