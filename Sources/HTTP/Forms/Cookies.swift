/// The cookies that a browser sent (RFC 6265 section 5.4). What stands in them is the visitor's word.
public struct Cookies: Sendable {
    private var pairs: [(name: String, value: String)] = []

    init(_ fields: Fields) {
        for line in fields.all(.cookie) {
            for part in line.split(separator: ";") {
                guard let mark = part.firstIndex(of: "=") else { continue }
                let name = part[..<mark].trimmed
                guard !name.isEmpty else { continue }
                pairs.append((String(name), String(part[part.index(after: mark)...].trimmed)))
            }
        }
    }

    /// The value of the first cookie of that name; names are told apart by case.
    public subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// All values of that name: more than one means that a cookie was planted from a neighbouring host.
    public func all(_ name: String) -> [String] { pairs.compactMap { $0.name == name ? $0.value : nil } }
}

extension Cookies: Sequence {
    /// The pairs in the order in which they were sent.
    public func makeIterator() -> IndexingIterator<[(name: String, value: String)]> { pairs.makeIterator() }
}

extension Substring {
    /// Without blanks at either end.
    fileprivate var trimmed: Substring {
        var rest = self
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
