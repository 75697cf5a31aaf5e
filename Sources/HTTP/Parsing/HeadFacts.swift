import Runtime

/// What the fields of a request decide about the message itself, gathered while they are read: its host, where its
/// body ends, and whether the connection lives on.
struct HeadFacts {
    private var hosts = 0
    private var host: Authority?
    private var lengths = 0
    private var length = ContentLength.Reading.bytes(0)
    private var codings = TransferCodings()
    private var closes = false
    private var keeps = false
    private var expectations = 0
    private var expectsContinue = false
    private var traces = 0
    private var trace: TraceContext?
    private var mayBeReported = false

    init(_ lines: [Fields.Line], in octets: UnsafeBufferPointer<UInt8>) {
        for line in lines {
            note(
                name: UnsafeBufferPointer(rebasing: octets[Int(line.nameStart)..<Int(line.nameEnd)]),
                value: UnsafeBufferPointer(rebasing: octets[Int(line.valueStart)..<Int(line.valueEnd)]))
        }
    }

    private mutating func note(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) {
        switch name.count {
        case 4 where name.resembles("host"):
            hosts += 1
            host = Authority(value)
        case 6 where name.resembles("expect"):
            expectations += 1
            expectsContinue = value.resembles("100-continue")
        case 10 where name.resembles("connection"):
            for part in value.split(separator: 0x2C) {
                let token = UnsafeBufferPointer(rebasing: part).trimmed()
                if token.resembles("close") { closes = true }
                if token.resembles("keep-alive") { keeps = true }
            }
        case 11 where name.resembles("traceparent"):
            traces += 1
            trace = TraceContext(traceparent: String(decoding: value, as: UTF8.self))
        case 14 where name.resembles("content-length"):
            lengths += 1
            length = ContentLength.read(value)
        case 17 where name.resembles("transfer-encoding"):
            codings.add(value)
        // All that proxies report in begins with one of these letters, and most requests have nothing that does.
        case 1... where ByteClass.lower(name[0]) == 0x66 || ByteClass.lower(name[0]) == 0x78: mayBeReported = true
        default: break
        }
    }

    /// The head that a request line and these fields make, if all rules between them hold.
    func head(_ line: consuming RequestLine, fields: consuming Fields) throws(RequestFault) -> RequestHead {
        if hosts > 1 { throw .severalHosts }
        if hosts == 0, line.version == .http11 { throw .missingHost }
        if hosts == 1, host == nil { throw .invalidHost }
        let continues = line.version == .http11 && expectations > 0
        if continues, expectations > 1 || !expectsContinue { throw .unknownExpectation }
        // The Host field of a request that names its host in the target counts for nothing (RFC 9112 section 3.2.2):
        // whoever asks for the field shall not hear of another host than the request is for.
        let named = line.target.authority
        if let named { fields[.host] = named.description }
        let framing = try framing(line.version)
        let keepsAlive = !closes && (line.version == .http11 || keeps)
        return RequestHead(
            request: Request(line, authority: named ?? host, fields: fields), framing: framing, keepsAlive: keepsAlive,
            expectsContinue: continues, trace: traces == 1 ? trace : nil, mayBeReported: mayBeReported)
    }

    private func framing(_ version: Version) throws(RequestFault) -> BodyFraming {
        if codings.isPresent {
            if version == .http10 { throw .encodingBefore11 }
            if lengths > 0 { throw .lengthWithEncoding }
            try codings.check()
            return .chunked
        }
        guard lengths > 0 else { return .none }
        guard lengths == 1 else { throw .severalLengths }
        switch length {
        case .malformed, .beyondCounting: throw .malformedLength
        case .bytes(0): return .none
        case .bytes(let count): return .length(count)
        }
    }
}
