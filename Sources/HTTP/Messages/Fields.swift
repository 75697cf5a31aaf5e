/// The header fields of a message: in order, with their duplicates, found by name whatever its case.
///
/// All octets lie in one block, so that a request with thirty fields costs two allocations and a field nobody asks for
/// never becomes a `String`.
public struct Fields: Sendable {
    /// Where a field stands in `octets`.
    struct Line: Sendable {
        var nameStart: UInt32
        var nameEnd: UInt32
        var valueStart: UInt32
        var valueEnd: UInt32
    }

    private(set) var octets: [UInt8]
    private(set) var lines: [Line]

    public init() {
        octets = []
        lines = []
    }

    /// Lines that a parser has found, with their octets.
    init(octets: [UInt8], lines: [Line]) {
        self.octets = octets
        self.lines = lines
    }

    public var count: Int { lines.count }
    public var isEmpty: Bool { lines.isEmpty }

    /// The value of the field; several lines are joined by a comma, which RFC 9110 section 5.3 declares equivalent.
    /// Setting replaces all lines of that name, setting nil removes them.
    public subscript(name: FieldName) -> String? {
        get {
            var joined: String?
            for line in lines where matches(line, name) {
                let value = text(line.valueStart, line.valueEnd)
                joined = joined.map { "\($0), \(value)" } ?? value
            }
            return joined
        }
        set {
            if contains(name) {
                let kept = lines.filter { !matches($0, name) }
                lines = kept
            }
            if let newValue { append(name, newValue) }
        }
    }

    /// The values of all lines of that name, each as it was sent.
    public func all(_ name: FieldName) -> [String] {
        lines.compactMap { matches($0, name) ? text($0.valueStart, $0.valueEnd) : nil }
    }

    /// Whether there is a field of that name, whatever its value.
    public func contains(_ name: FieldName) -> Bool { lines.contains { matches($0, name) } }

    /// Adds a line after those already there. Line ends and NUL in the value become spaces, so that no value can
    /// begin a field of its own.
    public mutating func append(_ name: FieldName, _ value: String) {
        if lines.isEmpty {
            // Room for a few fields at once.
            octets.reserveCapacity(128)
            lines.reserveCapacity(4)
        }
        let nameStart = UInt32(octets.count)
        octets.append(utf8: name.text)
        let valueStart = UInt32(octets.count)
        octets.append(utf8: value)
        for index in Int(valueStart)..<octets.count where !ByteClass.isFieldContent(octets[index]) {
            octets[index] = 0x20
        }
        lines.append(
            Line(
                nameStart: nameStart, nameEnd: valueStart, valueStart: valueStart, valueEnd: UInt32(octets.count)))
    }

    /// Adds all lines of others.
    public mutating func add(_ others: Fields) {
        let start = UInt32(octets.count)
        octets += others.octets
        lines += others.lines.map {
            Line(
                nameStart: start + $0.nameStart, nameEnd: start + $0.nameEnd, valueStart: start + $0.valueStart,
                valueEnd: start + $0.valueEnd)
        }
    }

    /// Whether a comma-separated list holds that token, whatever its case.
    public func lists(_ token: StaticString, in name: FieldName) -> Bool {
        octets.withUnsafeBufferPointer { all in
            for line in lines where matches(line, name) {
                let value = UnsafeBufferPointer(rebasing: all[Int(line.valueStart)..<Int(line.valueEnd)])
                for element in value.split(separator: 0x2C)
                where UnsafeBufferPointer(rebasing: element).trimmed().resembles(token) {
                    return true
                }
            }
            return false
        }
    }

    func octets(of line: Line) -> ArraySlice<UInt8> { octets[Int(line.valueStart)..<Int(line.valueEnd)] }

    func matches(_ line: Line, _ name: FieldName) -> Bool {
        let start = Int(line.nameStart)
        let wanted = name.text.utf8
        guard Int(line.nameEnd) - start == wanted.count else { return false }
        var index = start
        for byte in wanted {
            guard ByteClass.lower(octets[index]) == ByteClass.lower(byte) else { return false }
            index += 1
        }
        return true
    }

    private func text(_ start: UInt32, _ end: UInt32) -> String {
        String(decoding: octets[Int(start)..<Int(end)], as: UTF8.self)
    }
}

extension Fields: Sequence {
    public struct Iterator: IteratorProtocol {
        let fields: Fields
        var index = 0

        public mutating func next() -> (name: FieldName, value: String)? {
            guard index < fields.lines.count else { return nil }
            defer { index += 1 }
            let line = fields.lines[index]
            guard let name = FieldName(fields.text(line.nameStart, line.nameEnd)) else { return next() }
            return (name, fields.text(line.valueStart, line.valueEnd))
        }
    }

    public func makeIterator() -> Iterator { Iterator(fields: self) }
}

extension Fields: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (FieldName, String)...) {
        self.init()
        for (name, value) in elements { append(name, value) }
    }
}

extension Fields: Equatable {
    /// Equal when the same fields stand in the same order.
    public static func == (left: Fields, right: Fields) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    }
}

extension Fields: CustomStringConvertible {
    public var description: String { map { "\($0.name): \($0.value)" }.joined(separator: "\n") }
}
