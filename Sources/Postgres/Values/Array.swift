extension Array: PostgresElement where Element: PostgresElement {}

/// An array of one dimension; `where id = any(\(ids))` asks for membership.
extension Array: PostgresValue where Element: PostgresElement {
    public static var postgresType: PostgresType { Element.postgresArrayType }

    public func write(to parameter: inout ParameterWriter) {
        Element.write(array: self, to: &parameter)
    }

    public init(from field: PostgresField) throws(UndecodableColumn) {
        self = try Element.array(from: field)
    }
}

extension PostgresValue {
    public static var postgresArrayType: PostgresType { postgresType.array }

    /// Writes an array of one dimension in binary format.
    public static func write(array: [Self], to parameter: inout ParameterWriter) {
        parameter.write(Int32(array.isEmpty ? 0 : 1))
        let flags = parameter.bytes.count
        parameter.write(Int32(0))
        parameter.write(postgresType.number)
        if array.isEmpty { return }
        parameter.write(Int32(clamping: array.count))
        parameter.write(Int32(1))
        var hasNull = false
        for element in array {
            if parameter.element({ element.write(to: &$0) }) { hasNull = true }
        }
        if hasNull { parameter.put(1, at: flags) }
    }

    /// Reads an array of one dimension in binary format.
    public static func array(from field: PostgresField) throws(UndecodableColumn) -> [Self] {
        var rest = try field.present()[...]
        func next() throws(UndecodableColumn) -> Int32 {
            guard rest.count >= 4 else { throw field.malformed() }
            defer { rest = rest.dropFirst(4) }
            return Int32(bigEndian: UnsafeRawBufferPointer(rebasing: rest.prefix(4)).loadUnaligned(as: Int32.self))
        }
        guard PostgresType.mayBeArray(field.typeNumber) else { throw field.mismatch([Self].self) }
        let dimensions = try next()
        _ = try next()
        let type = UInt32(bitPattern: try next())
        if dimensions == 0 { return [] }
        guard dimensions == 1 else { throw field.undecodable("has \(dimensions) dimensions; only one is read") }
        let count = Int(try next())
        _ = try next()
        var elements: [Self] = []
        elements.reserveCapacity(Swift.min(count, rest.count / 4))
        for _ in 0..<Swift.max(count, 0) {
            let length = Int(try next())
            guard length <= rest.count else { throw field.malformed() }
            let bytes = length < 0 ? nil : UnsafeRawBufferPointer(rebasing: rest.prefix(length))
            rest = rest.dropFirst(Swift.max(length, 0))
            elements.append(try Self(from: PostgresField(bytes: bytes, type: type, column: field.column)))
        }
        return elements
    }
}
