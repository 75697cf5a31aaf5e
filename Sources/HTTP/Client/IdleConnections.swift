import Runtime
import Sockets
import Synchronization

/// Connections of a client that have served a request and may serve another one.
final class IdleConnections: Sendable {
    /// Whom a connection leads to, and the loop to which it belongs.
    struct Key: Hashable, Sendable {
        let loop: ObjectIdentifier
        let scheme: WebAddress.Scheme
        let host: String
        let port: UInt16
    }

    private struct Entry: Sendable {
        let stream: ByteStream
        let since: ContinuousClock.Instant
        let expiry: LoopTimer
    }

    /// How many are kept for one key, and how long.
    private static let most = 4
    static let patience = Duration.seconds(30)

    private let entries = Mutex<[Key: [Entry]]>([:])

    /// Takes out the connection that was used last, if it has been idle for no longer than `age` and nothing has
    /// happened on it. Call it on the loop of the key.
    func take(_ key: Key, idleFor age: Duration) -> ByteStream? {
        while let entry = entries.withLock({ $0[key]?.popLast() }) {
            entry.expiry.cancel()
            if entry.since.duration(to: .now) <= age, entry.stream.isQuiet { return entry.stream }
            entry.stream.close()
        }
        return nil
    }

    /// Keeps a connection on which nothing is under way. Call it on its loop.
    func put(_ stream: ByteStream, _ key: Key) {
        stream.setReadDeadline(after: nil)
        stream.setWriteDeadline(after: nil)
        let expiry = stream.loop.schedule(after: Self.patience) { [weak self, weak stream] in
            guard let self, let stream else { return }
            drop(stream, key)
        }
        let surplus = entries.withLock { entries -> Entry? in
            entries[key, default: []].append(Entry(stream: stream, since: .now, expiry: expiry))
            return entries[key, default: []].count > Self.most ? entries[key]?.removeFirst() : nil
        }
        surplus?.expiry.cancel()
        surplus?.stream.close()
    }

    private func drop(_ stream: ByteStream, _ key: Key) {
        entries.withLock { entries in
            entries[key]?.removeAll { $0.stream === stream }
            if entries[key]?.isEmpty == true { entries[key] = nil }
        }
        stream.close()
    }
}
