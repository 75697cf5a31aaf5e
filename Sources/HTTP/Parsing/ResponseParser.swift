/// Turns bytes into the answer to one request after the other. Where RFC 9112 lets a client be lenient it is: line
/// ends of LF alone, folded fields, no blank after a colon, no phrase after the status.
public struct ResponseParser: Sendable {
    /// What has been found.
    public enum Event: Sendable {
        case head(ResponseHead)
        /// The next bytes of the body, at least one.
        case body([UInt8])
        case end
    }

    private enum State: Sendable {
        case statusLine
        case fields(Status, Version)
        case length(Int)
        case chunked(ChunkedDecoder)
        case untilClose
        case finished
    }

    /// How many more bytes of the body may come.
    public var bodyLimit: Int

    private let limits: MessageLimits
    private let method: Method
    private var buffer = ReceiveBuffer()
    private var state = State.statusLine
    private var cursor = 0
    private var interims = 0
    private var lines: [Fields.Line] = []

    /// A parser for the answer to a request of that method: answers to HEAD have no body.
    public init(answering method: Method, limits: MessageLimits = MessageLimits()) {
        self.method = method
        self.limits = limits
        bodyLimit = limits.body
    }

    /// Adds what has arrived.
    public mutating func feed(_ bytes: some Collection<UInt8>) { buffer.append(bytes) }

    /// Takes over bytes that the caller does not need any more, if possible without a copy.
    public mutating func feed(owned bytes: consuming [UInt8]) { buffer.append(owned: bytes) }

    /// Whether bytes have arrived that are not part of what has been found.
    var hasUnread: Bool { !buffer.isEmpty }

    /// To be called when the connection has ended: gives `.end` where that is how a body ends.
    ///
    /// - Throws: `ResponseFault.incomplete` if something is missing.
    public mutating func finish() throws(ResponseFault) -> Event {
        guard case .untilClose = state, buffer.isEmpty else { throw .incomplete }
        state = .finished
        return .end
    }

    /// What is complete next, or nil if more bytes are needed.
    public mutating func next() throws(ResponseFault) -> Event? {
        while true {
            switch state {
            case .statusLine:
                guard try statusLine() else { return nil }
            case .fields(let status, let version):
                guard let head = try fields(status, version) else { return nil }
                guard !head.status.isInformational else {
                    try skip(head.status)
                    continue
                }
                begin(head.framing)
                return .head(head)
            case .length(let left):
                guard let bytes = try take(left) else { return nil }
                state = bytes.count == left ? .finished : .length(left - bytes.count)
                return .body(bytes)
            case .untilClose:
                guard let bytes = try take(Int.max) else { return nil }
                return .body(bytes)
            case .chunked(var decoder):
                let step: ChunkedDecoder.Step
                do {
                    step = try decoder.step(&buffer, room: &bodyLimit)
                } catch {
                    throw error == .bodyTooLarge ? .bodyTooLarge : .malformedChunk
                }
                state = .chunked(decoder)
                switch step {
                case .incomplete: return nil
                case .finished: state = .finished
                case .data(let bytes): return .body(bytes)
                }
            case .finished:
                state = .statusLine
                return .end
            }
        }
    }

    private mutating func take(_ most: Int) throws(ResponseFault) -> [UInt8]? {
        guard !buffer.isEmpty else { return nil }
        let bytes = buffer.take(min(most, buffer.count))
        bodyLimit -= bytes.count
        guard bodyLimit >= 0 else { throw .bodyTooLarge }
        return bytes
    }

    private mutating func skip(_ status: Status) throws(ResponseFault) {
        guard status.code != 101 else { throw .unexpectedUpgrade }
        interims += 1
        guard interims <= 8 else { throw .tooManyInterimResponses }
        state = .statusLine
    }

    private mutating func begin(_ framing: BodyFraming) {
        switch framing {
        case .none: state = .finished
        case .length(let count): state = .length(count)
        case .chunked: state = .chunked(ChunkedDecoder(limits: limits, lenient: true))
        case .untilClose: state = .untilClose
        }
    }

    private mutating func statusLine() throws(ResponseFault) -> Bool {
        switch buffer.line(from: 0, limit: limits.requestLine, lenient: true) {
        case .incomplete: return false
        case .tooLong, .bareLineFeed: throw .malformedStatusLine
        case .found(let range):
            let (status, version) = try buffer.read(range) { line throws(ResponseFault) in try Self.status(line) }
            state = .fields(status, version)
            cursor = next(after: range)
            lines.removeAll(keepingCapacity: true)
            return true
        }
    }

    private static func status(_ line: UnsafeBufferPointer<UInt8>) throws(ResponseFault) -> (Status, Version) {
        guard line.count >= 12, UnsafeBufferPointer(rebasing: line[..<5]).spells("HTTP/"), line[8] == 0x20,
            line.count == 12 || line[12] == 0x20
        else { throw .malformedStatusLine }
        guard line[5] == 0x31, line[6] == 0x2E, ByteClass.isDigit(line[7]) else { throw .unsupportedVersion }
        guard case .bytes(let code) = ContentLength.read(UnsafeBufferPointer(rebasing: line[9..<12])),
            (100...599).contains(code)
        else { throw .malformedStatusLine }
        return (Status(code), line[7] == 0x30 ? .http10 : .http11)
    }

    private mutating func fields(_ status: Status, _ version: Version) throws(ResponseFault) -> ResponseHead? {
        while true {
            guard cursor <= limits.fieldSection else { throw .headTooLarge }
            switch buffer.line(from: cursor, limit: limits.fieldLine, lenient: true) {
            case .incomplete: return nil
            case .tooLong, .bareLineFeed: throw .headTooLarge
            case .found(let range) where range.isEmpty:
                let fields = Fields(octets: unfolded(buffer.prefix(cursor)), lines: lines)
                buffer.discard(next(after: range))
                let framing = try ResponseFraming(fields, version).framing(of: status, answering: method)
                let keeps = version == .http11 || fields.lists("keep-alive", in: .connection)
                return ResponseHead(
                    status: status, version: version, fields: fields, framing: framing,
                    keepsAlive: keeps && framing != .untilClose && !fields.lists("close", in: .connection))
            case .found(let range):
                try note(range)
                cursor = next(after: range)
            }
        }
    }

    private mutating func note(_ range: Range<Int>) throws(ResponseFault) {
        do {
            let line = try buffer.read(range) { line throws(FieldLine.Fault) in try FieldLine(line, limits: limits) }
            guard lines.count < limits.fields else { throw ResponseFault.tooManyFields }
            lines.append(line.line(at: range.lowerBound))
        } catch FieldLine.Fault.folded where !lines.isEmpty {
            guard buffer.read(range, { $0.allSatisfy(ByteClass.isFieldContent) }) else { throw .malformedField }
            lines[lines.count - 1].valueEnd = UInt32(range.upperBound)
        } catch {
            throw error as? ResponseFault ?? .malformedField
        }
    }

    /// Turns the line ends inside folded values into blanks (RFC 9112 section 5.2).
    private func unfolded(_ head: [UInt8]) -> [UInt8] {
        var head = head
        for line in lines {
            for index in Int(line.valueStart)..<Int(line.valueEnd) where head[index] == 0x0D || head[index] == 0x0A {
                head[index] = 0x20
            }
        }
        return head
    }

    /// Where the line after this one begins.
    private func next(after line: Range<Int>) -> Int {
        line.upperBound + (buffer[line.upperBound] == 0x0D ? 2 : 1)
    }
}
