import Glibc
import Runtime

extension ByteStream {
    /// Waits until something has arrived and appends it to `buffer`, at most `limit` bytes (and at most 64 kB).
    ///
    /// - Returns: how many bytes; 0 when the other side has ended its direction.
    /// - Throws: ``StreamError``, `TLSError`, `TimedOut`, `CancellationError`.
    public func read(into buffer: inout [UInt8], atMost limit: Int = .max) async throws -> Int {
        precondition(limit > 0, "A read of nothing would look like the end.")
        if isTurnOver { await EventLoop.yield() }
        while true {
            if let count = try readNow(into: &buffer, atMost: limit) { return count }
            try await input.wait()
        }
    }

    /// Waits until something has arrived: at most `limit` bytes of it, none when the other side has ended its
    /// direction.
    ///
    /// - Throws: ``StreamError``, `TLSError`, `TimedOut`, `CancellationError`.
    public func read(atMost limit: Int = .max) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try await read(into: &bytes, atMost: limit)
        return bytes
    }

    /// Appends what can be had without waiting; nil if that is nothing yet, 0 at the end.
    ///
    /// A function of its own, so that a task that waits to read keeps a small frame: most connections do just that.
    @inline(never)
    private func readNow(into buffer: inout [UInt8], atMost limit: Int) throws -> Int? {
        loop.assertCurrent()
        guard session == nil else { return try decrypt(into: &buffer, atMost: limit) }
        return try receive(atMost: limit) { buffer.append(contentsOf: $0) }
    }

    /// Hands what the system has to `take`; nil if that is nothing yet, 0 at the end.
    func receive(atMost limit: Int, _ take: (UnsafeRawBufferPointer) -> Void) throws(StreamError) -> Int? {
        guard input.isOpen else { return nil }
        return try loop.withScratchSpace { (space) throws(StreamError) -> Int? in
            let room = min(limit, space.count)
            guard let count = try attempt({ recv($0, space.baseAddress, room, 0) }) else {
                input.close()
                return nil
            }
            // Less than there was room for: all has been read, and more would be announced.
            if count > 0, count < room, !input.isEnding { input.close() }
            take(UnsafeRawBufferPointer(rebasing: space[..<count]))
            return count
        }
    }
}
