public import Runtime

/// The content of a response: whole, or written piece by piece while the client reads it.
public enum ResponseBody: Sendable {
    case bytes([UInt8])
    /// Content that `write` produces. With a `length` exactly so many bytes must be written; without one the body is
    /// sent in chunks to HTTP/1.1 clients, and ends the connection for HTTP/1.0.
    case stream(length: Int? = nil, write: @Sendable (BodyWriter) async throws -> Void)

    public static let empty = ResponseBody.bytes([])

    /// The bytes of a whole content; of a stream, none.
    public var bytes: [UInt8] {
        switch self {
        case .bytes(let bytes): bytes
        case .stream: []
        }
    }

    /// How many bytes a whole content has; of a stream, none.
    var count: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .stream: 0
        }
    }
}

/// Takes the pieces of a streamed response. Each call returns when the connection can take more, so a slow reader
/// slows the writer down and nothing piles up between them.
public struct BodyWriter: Sendable {
    private let send: @Sendable ([UInt8]) async throws -> Void
    /// Raised when the server stops and waits for the end of this answer.
    public let stopping: StopSignal
    private let beginStandingBy: @Sendable () -> Void

    public init(_ send: @escaping @Sendable ([UInt8]) async throws -> Void) {
        self.init(stopping: StopSignal(), standBy: {}, send)
    }

    /// - Parameter standBy: see `standBy()`.
    init(
        stopping: StopSignal, standBy: @escaping @Sendable () -> Void,
        _ send: @escaping @Sendable ([UInt8]) async throws -> Void
    ) {
        self.send = send
        self.stopping = stopping
        beginStandingBy = standBy
    }

    /// Says that from now on the endpoint mostly waits for something to tell: it does not count among the requests at
    /// work any more.
    public func standBy() { beginStandingBy() }

    /// Sends the bytes now.
    ///
    /// - Throws: when the client has gone, or reads too slowly for too long.
    public func write(_ bytes: [UInt8]) async throws {
        if !bytes.isEmpty { try await send(bytes) }
    }

    /// Sends the text as UTF-8 now; otherwise as `write(_:)` of bytes.
    public func write(_ text: String) async throws { try await write(Array(text.utf8)) }
}
