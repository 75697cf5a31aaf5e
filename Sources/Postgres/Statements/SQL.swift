/// A statement, or a part of one, whose literal text is trusted and whose interpolated values travel as parameters.
///
/// A value never becomes part of the text, so no value can change what a statement does. Parts compose by
/// interpolation; parameters are numbered only when the whole is sent.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The text around the parameters: always one piece more than there are parameters.
    var texts: [String]
    var parameters: Parameters
    /// What is told of the statement once it has been committed. It belongs to the whole: a part has none.
    var telling: Telling?

    public init(stringLiteral text: String) {
        texts = [text]
        parameters = Parameters()
    }

    /// Takes text that was not written in the source, such as a script read from a file. Never pass anything that a
    /// stranger had a hand in: values belong in an interpolation.
    public init(trusted text: String) {
        self.init(stringLiteral: text)
    }

    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.statement
    }

    /// The text with its parameters numbered `$1`, `$2`, … in order of appearance.
    var text: String {
        guard texts.count > 1 else { return texts[0] }
        var text = texts[0]
        for (index, following) in texts.dropFirst().enumerated() {
            text += "$\(index + 1)"
            text += following
        }
        return text
    }

    mutating func append(_ text: String) {
        texts[texts.count - 1] += text
    }

    mutating func append(_ fragment: SQL) {
        append(fragment.texts[0])
        texts += fragment.texts.dropFirst()
        parameters.append(fragment.parameters)
    }

    mutating func append(value: some PostgresValue) {
        parameters.append(value)
        texts.append("")
    }

    public static func + (first: SQL, second: SQL) -> SQL {
        var whole = first
        whole.append(second)
        return whole
    }

    public static func += (whole: inout SQL, fragment: SQL) {
        whole.append(fragment)
    }
}

extension Sequence<SQL> {
    /// The parts in order with `separator` between them, such as conditions joined by `" and "`.
    public func joined(separator: SQL) -> SQL {
        var whole: SQL = ""
        var isFirst = true
        for part in self {
            if !isFirst { whole.append(separator) }
            whole.append(part)
            isFirst = false
        }
        return whole
    }
}
