/// Takes a `multipart/form-data` body apart (RFC 7578) as it arrives, in constant memory: feed it bytes in any pieces
/// and ask it for what is complete.
public struct MultipartParser: Sendable {
    /// How much a sender may make us keep in memory.
    public struct Limits: Sendable {
        /// Most parts of one body.
        public var parts = 200
        /// Largest header section of one part, in bytes.
        public var headBytes = 8_192

        public init() {}
    }

    /// What one part says about itself.
    public struct Head: Sendable {
        public let name: String
        /// As the sender calls the file; never a path to write to. Nil for an ordinary field.
        public let filename: String?
        /// Of a file, what the sender takes it for; nil when it does not say.
        public let type: MediaType?
        public let fields: Fields
    }

    /// What has been found.
    public enum Event: Sendable {
        case part(Head)
        /// The next bytes of the present part, at least one.
        case data([UInt8])
        case endOfPart
    }

    /// Why a body is no form data.
    public enum Fault: String, Error, Sendable {
        case malformedDelimiter, malformedHead, headTooLarge, missingName, tooManyParts, incomplete
    }

    private enum State: Sendable {
        case preamble
        case delimiter(endsPart: Bool)
        case head
        case data
        case epilogue
    }

    private let limits: Limits
    private let delimiter: [UInt8]
    private var buffer = ReceiveBuffer()
    private var state = State.preamble
    private var parts = 0
    /// How much of the present header section has been read.
    private var cursor = 0
    private var lines: [Fields.Line] = []

    /// - Precondition: the boundary has 1 to 70 characters.
    public init(boundary: String, limits: Limits = Limits()) {
        precondition((1...70).contains(boundary.utf8.count), "A multipart boundary has 1 to 70 characters.")
        self.limits = limits
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter needs no line end before it when nothing precedes it. With one put there, it looks
        // like the others.
        buffer.append([0x0D, 0x0A])
    }

    /// A parser for content of that type. Nil unless it is form data with a boundary.
    public init?(_ type: MediaType, limits: Limits = Limits()) {
        guard type.essence == "multipart/form-data", let boundary = type["boundary"],
            (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
        else { return nil }
        self.init(boundary: boundary, limits: limits)
    }

    /// Adds what has arrived.
    public mutating func feed(_ bytes: some Collection<UInt8>) {
        if case .epilogue = state { return }
        buffer.append(bytes)
    }

    /// To be called at the end of the body.
    ///
    /// - Throws: `Fault.incomplete` if the last delimiter is missing.
    public func finish() throws(Fault) {
        guard case .epilogue = state else { throw .incomplete }
    }

    /// What is complete next, or nil if more bytes are needed.
    public mutating func next() throws(Fault) -> Event? {
        while true {
            switch state {
            case .preamble:
                guard let end = buffer.first(delimiter) else {
                    buffer.discard(max(0, buffer.count - delimiter.count + 1))
                    return nil
                }
                buffer.discard(end + delimiter.count)
                state = .delimiter(endsPart: false)
            case .delimiter(let endsPart):
                guard try restOfDelimiter() else { return nil }
                if endsPart { return .endOfPart }
            case .head:
                guard let head = try head() else { return nil }
                state = .data
                return .part(head)
            case .data:
                if let data = data() { return .data(data) }
                guard case .delimiter = state else { return nil }
            case .epilogue:
                buffer.discard(buffer.count)
                return nil
            }
        }
    }

    private mutating func data() -> [UInt8]? {
        guard let end = buffer.first(delimiter) else {
            let safe = buffer.count - delimiter.count + 1
            return safe > 0 ? buffer.take(safe) : nil
        }
        let data = end > 0 ? buffer.take(end) : nil
        if data == nil {
            buffer.discard(delimiter.count)
            state = .delimiter(endsPart: true)
        }
        return data
    }

    /// Reads what follows the boundary: two hyphens after the last part, else blanks and a line end.
    private mutating func restOfDelimiter() throws(Fault) -> Bool {
        guard buffer.count >= 2 else { return false }
        if buffer[0] == 0x2D, buffer[1] == 0x2D {
            state = .epilogue
            return true
        }
        switch buffer.line(from: 0, limit: 256) {
        case .incomplete: return false
        case .bareLineFeed, .tooLong: throw .malformedDelimiter
        case .found(let range):
            guard buffer.read(range, { $0.allSatisfy(ByteClass.isBlank) }) else { throw .malformedDelimiter }
            parts += 1
            guard parts <= limits.parts else { throw .tooManyParts }
            buffer.discard(range.upperBound + 2)
            state = .head
            cursor = 0
            lines = []
            return true
        }
    }

    private mutating func head() throws(Fault) -> Head? {
        while true {
            switch buffer.line(from: cursor, limit: limits.headBytes - min(cursor, limits.headBytes)) {
            case .incomplete: return nil
            case .bareLineFeed: throw .malformedHead
            case .tooLong: throw .headTooLarge
            case .found(let range):
                if range.isEmpty {
                    let head = try head(Fields(octets: buffer.prefix(cursor), lines: lines))
                    buffer.discard(cursor + 2)
                    return head
                }
                do {
                    let line = try buffer.read(range) { line throws(FieldLine.Fault) in
                        try FieldLine(line, limits: MessageLimits())
                    }
                    lines.append(line.line(at: cursor))
                } catch {
                    throw .malformedHead
                }
                cursor = range.upperBound + 2
            }
        }
    }

    private func head(_ fields: Fields) throws(Fault) -> Head {
        guard let disposition = fields[.contentDisposition].flatMap(ParameterList.init),
            disposition.word == "form-data", let name = disposition["name"]
        else { throw .missingName }
        return Head(
            name: name, filename: disposition["filename"],
            type: fields[.contentType].flatMap(MediaType.init), fields: fields)
    }
}
