/// Where the body of a response ends, by its fields (RFC 9112 section 6.3).
struct ResponseFraming {
    private let lengths: [String]
    private let codings: TransferCodings

    init(_ fields: Fields, _ version: Version) {
        var codings = TransferCodings()
        for line in fields.lines where fields.matches(line, .transferEncoding) {
            fields.octets(of: line).withUnsafeBufferPointer { codings.add($0) }
        }
        self.codings = codings
        lengths = fields.all(.contentLength)
    }

    func framing(of status: Status, answering method: Method) throws(ResponseFault) -> BodyFraming {
        guard status.allowsBody, method != .head else { return .none }
        if codings.isPresent {
            guard codings.isChunked else { throw .unknownEncoding }
            return .chunked
        }
        guard !lengths.isEmpty else { return .untilClose }
        // Several equal values mean one (RFC 9110 section 8.6).
        let values = Set(
            lengths.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map { text in
                Array(text.utf8).withUnsafeBufferPointer { ContentLength.read($0.trimmed()) }
            })
        guard values.count == 1, let value = values.first else { throw .malformedLength }
        switch value {
        case .bytes(0): return .none
        case .bytes(let count): return .length(count)
        case .beyondCounting: throw .bodyTooLarge
        case .malformed: throw .malformedLength
        }
    }
}
