/// The first line of a request (RFC 9112 section 3).
struct RequestLine: Sendable {
    let method: Method
    let target: Target
    let version: Version

    init(_ line: UnsafeBufferPointer<UInt8>) throws(RequestFault) {
        if line.contains(0x0D) { throw .bareCarriageReturn }
        guard let first = line.firstIndex(of: 0x20), let last = line.lastIndex(of: 0x20), first < last else {
            throw .malformedRequestLine
        }
        let name = UnsafeBufferPointer(rebasing: line[..<first])
        let target = UnsafeBufferPointer(rebasing: line[(first + 1)..<last])
        guard ByteClass.isToken(name), !target.isEmpty, !target.contains(0x20) else { throw .malformedRequestLine }
        version = try Self.version(UnsafeBufferPointer(rebasing: line[(last + 1)...]))
        guard let method = Method(name) else { throw .unknownMethod }
        self.method = method
        self.target = try Target(target, for: method)
    }

    private static func version(_ text: UnsafeBufferPointer<UInt8>) throws(RequestFault) -> Version {
        guard text.count == 8, UnsafeBufferPointer(rebasing: text[..<5]).spells("HTTP/"), text[6] == 0x2E,
            ByteClass.isDigit(text[5]), ByteClass.isDigit(text[7])
        else { throw .malformedRequestLine }
        guard text[5] == 0x31 else { throw .unsupportedVersion }
        return text[7] == 0x30 ? .http10 : .http11
    }
}
