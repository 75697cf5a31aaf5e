import CSystem
import Glibc
import Runtime

extension ByteStream {
    /// Writes all of `bytes`; returns when the system has taken the last of them, so a slow reader slows the writer.
    ///
    /// - Throws: ``StreamError``, `TLSError`, `TimedOut`, `CancellationError`; an unknown part may have been written.
    public func write(_ bytes: [UInt8]) async throws {
        loop.assertCurrent()
        guard session == nil else { return try await writeEncrypted(bytes[...]) }
        if isTurnOver { await EventLoop.yield() }
        // Mostly the system takes all at once.
        let taken = try bytes.withUnsafeBytes { try send($0) } ?? 0
        if taken < bytes.count { try await writePlain(bytes[taken...]) }
    }

    /// Writes all of `bytes`; see ``write(_:)``.
    public func write(_ bytes: ArraySlice<UInt8>) async throws {
        loop.assertCurrent()
        guard session == nil else { return try await writeEncrypted(bytes) }
        try await writePlain(bytes)
    }

    /// Writes the text as UTF-8; see ``write(_:)``.
    public func write(_ text: String) async throws {
        try await write(Array(text.utf8))
    }

    /// Writes what the system takes at once of a head and a body, with one system call, so that they share a packet.
    ///
    /// - Returns: how many bytes; what is left is for ``write(_:_:from:)``. None where others of the loop should run
    ///   first, and of an encrypted stream.
    /// - Throws: ``StreamError``.
    public func writeNow(_ head: [UInt8], _ body: [UInt8]) throws -> Int {
        loop.assertCurrent()
        guard session == nil, !isLastStep else { return 0 }
        turns += 1
        return try (body.isEmpty ? head.withUnsafeBytes { try send($0) } : send(head, body)) ?? 0
    }

    /// Writes a head and a body of which so many bytes have been written; see ``writeNow(_:_:)`` and ``write(_:)``.
    public func write(_ head: [UInt8], _ body: [UInt8], from written: Int = 0) async throws {
        loop.assertCurrent()
        guard session == nil else {
            try await write(head)
            return try await write(body)
        }
        if isTurnOver { await EventLoop.yield() }
        let taken = written > 0 ? written : try send(head, body) ?? 0
        if taken < head.count {
            try await writePlain(head[taken...])
            try await writePlain(body[...])
        } else {
            try await writePlain(body[(taken - head.count)...])
        }
    }

    /// Says that nothing more will be written; reading goes on. Encrypted streams say so inside the encryption as well.
    ///
    /// - Throws: as ``write(_:)``.
    public func finishWriting() async throws {
        loop.assertCurrent()
        if session != nil { try await writeClosure() }
        guard descriptor >= 0 else { throw StreamError.closed }
        shutdown(descriptor, CInt(SHUT_WR))
    }

    /// Ends the stream so that what was written last is not lost: says that nothing more will come, reads and drops
    /// what the other side still sends, until its end or for `limit`, then closes. Never throws.
    public func finish(within limit: Duration) async {
        setWriteDeadline(after: limit)
        setReadDeadline(after: limit)
        do {
            try await finishWriting()
            session = nil
            while descriptor >= 0 {
                guard let count = try receive(atMost: .max, { _ in }) else {
                    try await input.wait()
                    continue
                }
                if count == 0 { break }
                if isTurnOver { await EventLoop.yield() }
            }
        } catch {
            // The other side is gone, late, or the task is cancelled: closing is all that is left.
        }
        close()
    }

    func writePlain(_ bytes: ArraySlice<UInt8>) async throws {
        var rest = bytes
        while !rest.isEmpty {
            if isTurnOver { await EventLoop.yield() }
            if let taken = try rest.withUnsafeBytes({ try send($0) }) {
                rest = rest.dropFirst(taken)
            } else {
                output.close()
                try await output.wait()
            }
        }
    }

    /// One attempt to send: how many bytes the system took, nil if none.
    private func send(_ bytes: UnsafeRawBufferPointer) throws(StreamError) -> Int? {
        try attempt { Glibc.send($0, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL)) }
    }

    /// One attempt to send both parts: how many bytes the system took, nil if none.
    private func send(_ head: [UInt8], _ body: [UInt8]) throws -> Int? {
        try head.withUnsafeBytes { head in
            try body.withUnsafeBytes { body in
                var parts = [
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: head.baseAddress), iov_len: head.count),
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: body.baseAddress), iov_len: body.count),
                ]
                return try parts.withUnsafeMutableBufferPointer { parts in
                    var message = msghdr()
                    message.msg_iov = parts.baseAddress
                    message.msg_iovlen = parts.count
                    return try attempt { sendmsg($0, &message, CInt(MSG_NOSIGNAL)) }
                }
            }
        }
    }
}
