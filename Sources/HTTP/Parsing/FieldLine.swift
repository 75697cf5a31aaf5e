/// One line of a header or trailer section, taken apart (RFC 9112 section 5).
struct FieldLine {
    enum Fault: Error {
        case folded, blankBeforeColon, malformedName, nameTooLong, invalidValue, valueTooLong
    }

    let name: Range<Int>
    let value: Range<Int>

    init(_ line: UnsafeBufferPointer<UInt8>, limits: MessageLimits) throws(Fault) {
        guard let first = line.first else { throw .malformedName }
        guard !ByteClass.isBlank(first) else { throw .folded }
        var colon = 0
        while colon < line.count, ByteClass.token.contains(line[colon]) { colon += 1 }
        guard colon < line.count else { throw colon > limits.fieldName ? .nameTooLong : .malformedName }
        guard line[colon] == 0x3A else {
            throw ByteClass.isBlank(line[colon]) ? .blankBeforeColon : .malformedName
        }
        guard colon > 0 else { throw .malformedName }
        guard colon <= limits.fieldName else { throw .nameTooLong }
        var low = colon + 1
        var high = line.count
        while low < high, ByteClass.isBlank(line[low]) { low += 1 }
        while high > low, ByteClass.isBlank(line[high - 1]) { high -= 1 }
        guard high - low <= limits.fieldValue else { throw .valueTooLong }
        for index in low..<high where !ByteClass.isFieldContent(line[index]) { throw .invalidValue }
        name = 0..<colon
        value = low..<high
    }

    /// Where the line lies in a block in which it begins at `offset`.
    func line(at offset: Int) -> Fields.Line {
        Fields.Line(
            nameStart: UInt32(offset + name.lowerBound), nameEnd: UInt32(offset + name.upperBound),
            valueStart: UInt32(offset + value.lowerBound), valueEnd: UInt32(offset + value.upperBound))
    }
}
