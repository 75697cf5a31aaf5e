import Runtime
import Synchronization

/// Something that is told to a browser on a stream of events (the `text/event-stream` of the HTML standard).
public struct ServerEvent: Sendable, Hashable {
    /// What the client says in Last-Event-ID when it comes again; without line breaks.
    public var id: String?
    /// The kind of event, to which a page listens; `message` if nil. Without line breaks.
    public var name: String?
    /// What is told, of any number of lines.
    public var data: String

    public init(_ data: String, id: String? = nil, name: String? = nil) {
        self.id = id
        self.name = name
        self.data = data
    }

    /// The event as it is written.
    var wire: String {
        var text = ""
        if let name { text += "event: \(Self.line(name))\n" }
        if let id { text += "id: \(Self.line(id))\n" }
        for line in data.replacing("\r\n", with: "\n").split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        {
            text += "data: \(line)\n"
        }
        return text + "\n"
    }

    private static func line(_ text: String) -> String {
        String(text.filter { !$0.isNewline && $0 != "\0" })
    }
}

/// Takes events for one client. It may be used by several tasks.
public struct EventSink: Sendable {
    private let writer: BodyWriter
    private let turns = Turns()

    init(_ writer: BodyWriter) { self.writer = writer }

    /// Tells an event; returns when the connection can take more.
    ///
    /// - Throws: when the client has gone, or reads too slowly for too long.
    public func send(_ event: ServerEvent) async throws { try await write(event.wire) }

    fileprivate func write(_ text: String) async throws {
        await turns.take()
        defer { turns.pass() }
        try await writer.write(text)
    }
}

extension Request {
    /// The identity of the last event that the client has seen, if it comes again.
    public var lastEventID: String? { fields["Last-Event-ID"] }
}

extension Response {
    /// A stream of events that `tell` sends until it returns, the client goes, or the server stops; then `tell` is
    /// cancelled, and the client comes again by itself.
    ///
    /// It does not count among the requests at work.
    /// - Parameters:
    ///   - heartbeat: how often a line without meaning is sent, so that proxies keep the connection and a client that
    ///     has gone is noticed.
    ///   - retry: after how long the client comes again when the stream has ended.
    public static func events(
        heartbeat: Duration = .seconds(15), retry: Duration = .seconds(3),
        _ tell: @escaping @Sendable (EventSink) async throws -> Void
    ) -> Response {
        Response(
            fields: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                // What lies between a server and a browser would keep events until it has more of them.
                "X-Accel-Buffering": "no",
            ],
            body: .stream { writer in
                writer.standBy()
                let sink = EventSink(writer)
                let (seconds, fraction) = retry.components
                try await sink.write("retry: \(seconds * 1_000 + fraction / 1_000_000_000_000_000)\n\n")
                try await untilFirst(
                    { try await tell(sink) },
                    { try await beat(on: sink, every: heartbeat) },
                    { await writer.stopping.wait() })
            })
    }

    private static func beat(on sink: EventSink, every pause: Duration) async throws {
        guard let loop = EventLoop.current else {
            preconditionFailure("A stream of events is written on a loop of the server.")
        }
        while true {
            try await loop.sleep(for: pause)
            try await sink.write(":\n\n")
        }
    }

    /// Runs all until one of them ends, and cancels the others.
    private static func untilFirst(_ bodies: (@Sendable () async throws -> Void)...) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for body in bodies { group.addTask { try await body() } }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

/// Lets one task at a time do something, in the order in which they come.
private final class Turns: Sendable {
    private let state = Mutex<(isTaken: Bool, waiting: [UnsafeContinuation<Void, Never>])>((false, []))

    func take() async {
        await withUnsafeContinuation { continuation in
            let isMine = state.withLock { state in
                if state.isTaken {
                    state.waiting.append(continuation)
                    return false
                }
                state.isTaken = true
                return true
            }
            if isMine { continuation.resume() }
        }
    }

    func pass() {
        let next = state.withLock { state -> UnsafeContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
