/// Turns bytes into requests by the rules of RFC 9110 and RFC 9112. It reads no socket and waits for nothing: feed it
/// what has arrived, in any pieces, and ask it for what is complete.
///
/// After a fault it gives nothing but that fault: what follows on such a connection cannot be trusted.
public struct RequestParser: Sendable {
    /// What has been found.
    public enum Event: Sendable {
        /// A request up to its body. Set `bodyLimit` now if the endpoint has a limit of its own.
        case head(RequestHead)
        /// The next bytes of the body, at least one.
        case body([UInt8])
        /// The request is complete; the next one may follow.
        case end
    }

    private enum State: Sendable {
        case emptyLines(Int)
        case fields(Method)
        case length(Int)
        // Apart, since the others are small and are copied for each request.
        indirect case chunked(ChunkedDecoder)
        case finished
    }

    /// How many more bytes of the present body may come.
    public var bodyLimit: Int

    private let limits: MessageLimits
    private var buffer = ReceiveBuffer()
    private var state = State.emptyLines(0)
    private var fault: RequestFault?
    /// The length of the header section read so far, request line included.
    private var cursor = 0
    private var fieldsStart = 0
    /// The request line, once it has been read, until the fields have been too.
    private var line: RequestLine?
    private var lines: [Fields.Line] = []

    public init(limits: MessageLimits = MessageLimits()) {
        self.limits = limits
        bodyLimit = limits.body
    }

    /// The method of a request whose head cannot be read to its end, if that much of it could. Also a HEAD that is
    /// refused is answered without content (RFC 9110 section 9.3.2).
    public var refusedMethod: Method? {
        switch state {
        case .fields(let method): method
        case .emptyLines:
            buffer.read(0..<min(buffer.count, 8)) { start in
                start.firstIndex(of: 0x20).flatMap { Method(UnsafeBufferPointer(rebasing: start[..<$0])) }
            }
        case .length, .chunked, .finished: nil
        }
    }

    /// Whether a request has begun to arrive and is not complete.
    public var isWithinRequest: Bool {
        if case .emptyLines = state { return !buffer.isEmpty }
        return true
    }

    /// How many bytes have arrived that no event has covered.
    public var unread: Int { buffer.count }

    /// Adds what has arrived.
    public mutating func feed(_ bytes: some Collection<UInt8>) { buffer.append(bytes) }

    /// Takes over bytes that the caller does not need any more, if possible without a copy.
    public mutating func feed(owned bytes: consuming [UInt8]) { buffer.append(owned: bytes) }

    /// Gives back memory while no request is under way.
    public mutating func rest() {
        if case .emptyLines = state { buffer.release() }
    }

    /// What is complete next, or nil if more bytes are needed.
    public mutating func next() throws(RequestFault) -> Event? {
        if let fault { throw fault }
        do {
            return try advance()
        } catch {
            fault = error
            throw error
        }
    }

    private mutating func advance() throws(RequestFault) -> Event? {
        while true {
            switch state {
            case .emptyLines(let count):
                guard try requestLine(after: count) else { return nil }
            case .fields:
                guard try fields(), let line = line.take() else { return nil }
                return .head(try head(line))
            case .length(let left):
                guard left <= bodyLimit else { throw .bodyTooLarge }
                guard !buffer.isEmpty else { return nil }
                let bytes = buffer.take(min(left, buffer.count))
                bodyLimit -= bytes.count
                state = bytes.count == left ? .finished : .length(left - bytes.count)
                return .body(bytes)
            case .chunked(var decoder):
                state = .finished
                let step = try decoder.step(&buffer, room: &bodyLimit)
                if case .finished = step { continue }
                state = .chunked(decoder)
                guard case .data(let bytes) = step else { return nil }
                return .body(bytes)
            case .finished:
                state = .emptyLines(0)
                return .end
            }
        }
    }

    /// Reads up to the end of the request line. False if that has not arrived.
    private mutating func requestLine(after empty: Int) throws(RequestFault) -> Bool {
        // A first octet that begins no method is no HTTP at all (often TLS): there is no line end to wait for.
        if !buffer.isEmpty, !ByteClass.token.contains(buffer[0]), buffer[0] != 0x0D, buffer[0] != 0x0A {
            throw .malformedRequestLine
        }
        switch buffer.line(from: 0, limit: limits.requestLine) {
        case .incomplete: return false
        case .bareLineFeed: throw .bareLineFeed
        case .tooLong:
            let hasMethod = buffer.read(0..<limits.requestLine) { $0.contains(0x20) }
            throw hasMethod ? .requestLineTooLong : .methodTooLong
        case .found(let range):
            if range.isEmpty {
                guard empty < limits.emptyLines else { throw .tooManyEmptyLines }
                buffer.discard(2)
                state = .emptyLines(empty + 1)
                return true
            }
            let line = try buffer.read(range) { line throws(RequestFault) in try RequestLine(line) }
            state = .fields(line.method)
            self.line = line
            cursor = range.upperBound + 2
            fieldsStart = cursor
            lines.reserveCapacity(8)
            return true
        }
    }

    /// Reads the field lines. False if their end has not arrived.
    private mutating func fields() throws(RequestFault) -> Bool {
        while true {
            switch buffer.line(from: cursor, limit: limits.fieldLine) {
            case .incomplete:
                guard buffer.count - fieldsStart <= limits.fieldSection else { throw .fieldSectionTooLarge }
                return false
            case .bareLineFeed: throw .bareLineFeed
            case .tooLong: throw .fieldTooLong
            case .found(let range) where range.isEmpty: return true
            case .found(let range):
                guard lines.count < limits.fields else { throw .tooManyFields }
                let line = try Self.field(in: buffer, range, limits)
                lines.append(line.line(at: range.lowerBound))
                cursor = range.upperBound + 2
                guard cursor - fieldsStart <= limits.fieldSection else { throw .fieldSectionTooLarge }
            }
        }
    }

    private mutating func head(_ line: consuming RequestLine) throws(RequestFault) -> RequestHead {
        let octets = buffer.take(cursor + 2)
        var lines: [Fields.Line] = []
        swap(&lines, &self.lines)
        let facts = octets.withUnsafeBufferPointer { HeadFacts(lines, in: $0) }
        let head = try facts.head(line, fields: Fields(octets: consume octets, lines: consume lines))
        bodyLimit = limits.body
        switch head.framing {
        case .length(let count): state = .length(count)
        case .chunked: state = .chunked(ChunkedDecoder(limits: limits))
        case .none, .untilClose: state = .finished
        }
        return head
    }

    private static func field(
        in buffer: ReceiveBuffer, _ range: Range<Int>, _ limits: MessageLimits
    ) throws(RequestFault) -> FieldLine {
        do {
            return try buffer.read(range) { line throws(FieldLine.Fault) in try FieldLine(line, limits: limits) }
        } catch {
            switch error {
            case .folded: throw .foldedField
            case .blankBeforeColon: throw .blankBeforeColon
            case .malformedName: throw .malformedFieldName
            case .nameTooLong, .valueTooLong: throw .fieldTooLong
            case .invalidValue:
                throw buffer.read(range) { $0.contains(0x0D) } ? .bareCarriageReturn : .invalidFieldValue
            }
        }
    }
}
