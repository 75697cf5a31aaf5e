/// One thing that is wrong with a document, and where it stands.
public struct JSONFault: Sendable, Hashable, CustomStringConvertible {
    public let pointer: JSONPointer
    /// What is wrong and what would be right, as the rest of a sentence that begins with the place:
    /// "is required", "must be a list, not a text".
    public let detail: String

    public init(_ pointer: JSONPointer, _ detail: String) {
        self.pointer = pointer
        self.detail = detail
    }

    public var description: String { "\(pointer.tokens.isEmpty ? "the document" : pointer.description) \(detail)" }
}

/// Everything that is wrong with a document, in the order in which it was read.
public struct JSONFaults: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stranger's ten thousand wrong elements are not worth an answer of ten thousand lines.
    static let most = 100

    public private(set) var list: [JSONFault] = []
    /// Faults found after the first hundred.
    public private(set) var omitted = 0

    public init() {}

    public var isEmpty: Bool { list.isEmpty }
    var isFull: Bool { list.count == Self.most }

    public mutating func add(_ pointer: JSONPointer, _ detail: String) {
        if list.count < Self.most {
            list.append(JSONFault(pointer, detail))
        } else {
            omitted += 1
        }
    }

    /// One fault a line.
    public var description: String {
        (list.map(\.description) + (omitted > 0 ? ["and \(omitted) more"] : [])).joined(separator: "\n")
    }
}
