/// The parameters of one statement: one stretch of bytes for all of them, so that a statement costs few allocations.
struct Parameters: Sendable {
    /// The number of each parameter's type.
    private(set) var types: [UInt32] = []
    /// The length of each parameter in `bytes`; -1 for NULL.
    private(set) var lengths: [Int32] = []
    private(set) var bytes: [UInt8] = []

    var count: Int { types.count }

    mutating func append<Value: PostgresValue>(_ value: Value) {
        var writer = ParameterWriter(bytes: bytes)
        bytes = []
        let start = writer.bytes.count
        value.write(to: &writer)
        bytes = writer.bytes
        types.append(Value.postgresType.number)
        lengths.append(writer.isNull ? -1 : Int32(clamping: bytes.count - start))
    }

    mutating func append(_ others: Parameters) {
        types += others.types
        lengths += others.lengths
        bytes += others.bytes
    }

    /// Lends the values as libpq wants them: a pointer for each, NULL for NULL.
    func withPointers<Result>(_ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
        (bytes.isEmpty ? [0] : bytes).withUnsafeBytes { buffer in
            let start = buffer.assumingMemoryBound(to: CChar.self).baseAddress
            var offset = 0
            let pointers = lengths.map { length -> UnsafePointer<CChar>? in
                guard length >= 0 else { return nil }
                defer { offset += Int(length) }
                return start.map { $0 + offset }
            }
            return body(pointers)
        }
    }
}
