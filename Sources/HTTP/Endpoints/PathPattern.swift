/// The shape of the paths of an endpoint: literal parts and `:names`, such as `/tickets/:ticket/closure`. A last part
/// `*name` takes the rest of the path.
public struct PathPattern: Sendable, Hashable, CustomStringConvertible {
    enum Part: Sendable, Hashable {
        case literal(String)
        case value(String)
        case rest(String)
    }

    let parts: [Part]
    public let description: String

    /// - Precondition: the text begins with a slash, names no value twice, and has `*name` only at its end.
    public init(_ text: String) {
        precondition(text.first == "/", "The path pattern \"\(text)\" must begin with a slash.")
        let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part -> Part in
            switch part.first {
            case ":": .value(String(part.dropFirst()))
            case "*": .rest(String(part.dropFirst()))
            default: .literal(String(part))
            }
        }
        let names = parts.compactMap(\.name)
        precondition(Set(names).count == names.count, "The path pattern \"\(text)\" names a value twice.")
        precondition(!names.contains(""), "A value in the path pattern \"\(text)\" has no name.")
        precondition(
            !parts.dropLast().contains { if case .rest = $0 { true } else { false } },
            "In the path pattern \"\(text)\" only the last part can take the rest of the path.")
        self.parts = parts
        valueCount = names.count
        description = text
    }

    /// How many values the pattern gives its endpoint.
    let valueCount: Int

    /// The values of a path of this shape, in order; nil for a path of another shape.
    func values(in segments: [String]) -> [String]? {
        var values: [String] = []
        for (index, part) in parts.enumerated() {
            switch part {
            case .rest:
                guard index < segments.count else { return nil }
                values.append(segments[index...].joined(separator: "/"))
                return values
            case .value:
                guard index < segments.count, !segments[index].isEmpty else { return nil }
                values.append(segments[index])
            case .literal(let text):
                guard index < segments.count, segments[index] == text else { return nil }
            }
        }
        return segments.count == parts.count ? values : nil
    }
}

extension PathPattern.Part {
    var name: String? {
        switch self {
        case .literal: nil
        case .value(let name), .rest(let name): name
        }
    }
}
