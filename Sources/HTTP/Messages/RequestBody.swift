/// The content of a request: whole, or piece by piece as it arrives.
///
/// An endpoint that takes its body `.collected` finds it in `bytes`; one that takes it `.streamed` iterates over it,
/// and no more is read from the network than the endpoint asks for.
public struct RequestBody: Sendable {
    fileprivate enum Source: Sendable {
        case bytes([UInt8])
        case stream(@Sendable () async throws -> [UInt8]?)
    }

    private let source: Source

    public static let empty = RequestBody([])

    public init(_ bytes: [UInt8]) { source = .bytes(bytes) }

    public init(_ text: String) { source = .bytes(Array(text.utf8)) }

    /// A body that `next` gives in pieces until it returns nil. Each piece must hold at least one byte.
    public init(stream next: @escaping @Sendable () async throws -> [UInt8]?) { source = .stream(next) }

    /// The whole content.
    ///
    /// - Precondition: the endpoint takes its body collected.
    public var bytes: [UInt8] {
        switch source {
        case .bytes(let bytes): return bytes
        case .stream: preconditionFailure("This endpoint takes its body as a stream: iterate over it.")
        }
    }

    /// The whole content; nil if it is a stream.
    public var whole: [UInt8]? {
        if case .bytes(let bytes) = source { bytes } else { nil }
    }

    /// The whole content as text; octets that are no UTF-8 become U+FFFD.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Reads what is left of a stream, or copies collected bytes.
    ///
    /// - Throws: `RequestFault.bodyTooLarge` when there is more than `limit`.
    public func collect(upTo limit: Int) async throws -> [UInt8] {
        var collected: [UInt8] = []
        for try await piece in self {
            guard collected.count + piece.count <= limit else { throw RequestFault.bodyTooLarge }
            collected.append(contentsOf: piece)
        }
        return collected
    }
}

extension RequestBody: AsyncSequence {
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let source: Source
        private var isFinished = false

        fileprivate init(source: Source) { self.source = source }

        public mutating func next() async throws -> [UInt8]? {
            guard !isFinished else { return nil }
            switch source {
            case .bytes(let bytes):
                isFinished = true
                return bytes.isEmpty ? nil : bytes
            case .stream(let next):
                let piece = try await next()
                if piece == nil { isFinished = true }
                return piece
            }
        }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: source) }
}
