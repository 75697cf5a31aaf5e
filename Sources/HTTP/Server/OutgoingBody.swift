import Runtime
import Sockets

/// The body of an answer while an endpoint writes it. The head goes out with the first piece, so that an endpoint which
/// fails before that can still be answered with an error.
// Safe: `write` and `finish` go to the stream's loop before they touch anything.
final class OutgoingBody: @unchecked Sendable {
    private let connection: ServerConnection
    private let framing: BodyFraming
    private let length: Int?
    private var head: [UInt8]
    private(set) var count = 0
    private var isBeingWritten = false

    init(_ connection: ServerConnection, head: [UInt8], framing: BodyFraming, length: Int?) {
        self.connection = connection
        self.head = head
        self.framing = framing
        self.length = length
    }

    /// Whether the client may have received anything.
    var hasBegun: Bool { head.isEmpty }

    func write(_ bytes: [UInt8]) async throws {
        guard connection.stream.loop.isCurrent else {
            return try await connection.stream.loop.run { [self] in try await write(bytes) }
        }
        guard count + bytes.count <= length ?? .max else { throw BodyLengthFault.tooLong(declared: length ?? 0) }
        precondition(!isBeingWritten, "Two tasks write the body of one response.")
        isBeingWritten = true
        defer { isBeingWritten = false }
        count += bytes.count
        try await send(framing == .chunked ? ResponseWire.chunk(bytes) : bytes)
    }

    func finish() async throws {
        guard count == length ?? count else {
            throw BodyLengthFault.tooShort(declared: length ?? 0, written: count)
        }
        try await send(framing == .chunked ? ResponseWire.lastChunk : [])
    }

    private func send(_ bytes: [UInt8]) async throws {
        let head = head
        self.head = []
        guard !head.isEmpty || !bytes.isEmpty else { return }
        try await connection.send(head, bytes)
    }
}

/// An endpoint that wrote another number of bytes than it declared.
enum BodyLengthFault: Error, Equatable {
    case tooLong(declared: Int)
    case tooShort(declared: Int, written: Int)
}
