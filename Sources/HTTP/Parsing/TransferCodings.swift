/// What the Transfer-Encoding fields of a message say together.
struct TransferCodings: Sendable {
    private var chunked = 0
    private var others = 0
    private var endsChunked = false
    private var malformed = false
    private(set) var isPresent = false

    mutating func add(_ value: UnsafeBufferPointer<UInt8>) {
        isPresent = true
        for part in value.split(separator: 0x2C, omittingEmptySubsequences: false) {
            let coding = UnsafeBufferPointer(rebasing: part).trimmed()
            endsChunked = coding.resembles("chunked")
            if endsChunked {
                chunked += 1
            } else if ByteClass.isToken(coding) {
                others += 1
            } else {
                malformed = true
            }
        }
    }

    /// Passes if the body is chunked and nothing else, which is all this server decodes.
    func check() throws(RequestFault) {
        if malformed { throw .malformedEncoding }
        if chunked > 1 { throw .chunkedRepeated }
        if !endsChunked { throw .chunkedNotLast }
        if others > 0 { throw .unknownEncoding }
    }

    /// Whether a response body ends with its last chunk.
    var isChunked: Bool { endsChunked && chunked == 1 && others == 0 && !malformed }
}
