import Runtime

extension ByteStream {
    /// Whether the stream is encrypted.
    public var isEncrypted: Bool { session != nil }

    /// Encrypts the stream from here on, as the side that called, and checks that the other side is `name`.
    ///
    /// Works on a fresh connection as well as in the middle of a protocol (STARTTLS). The caller must throw away
    /// whatever it has read and not yet used: it came from who knows whom (response injection, RFC 3207 section 6); the
    /// stream itself holds nothing back. When this throws, close the stream.
    /// - Parameters:
    ///   - name: the host's name or address that the certificate must be for.
    /// - Throws: ``TLSError``, ``StreamError``, `TimedOut`, `CancellationError`.
    public func startTLS(_ context: TLSContext, name: String) async throws {
        precondition(!context.isServer, "This context is for being called.")
        try await shakeHands(TLSSession(context, peerName: name))
    }

    /// Encrypts the stream from here on, as the side that was called; otherwise as ``startTLS(_:name:)``.
    ///
    /// - Throws: ``TLSError``, ``StreamError``, `TimedOut`, `CancellationError`.
    public func acceptTLS(_ context: TLSContext) async throws {
        precondition(context.isServer, "This context is for calling.")
        try await shakeHands(TLSSession(context, peerName: peer?.description ?? "the caller"))
    }

    private func shakeHands(_ session: TLSSession) async throws {
        loop.assertCurrent()
        precondition(self.session == nil, "The stream is encrypted already.")
        self.session = session
        while true {
            let step: TLSSession.Step
            do {
                step = try session.handshake()
            } catch {
                // The other side learns why from the alert; if that cannot be sent either, the first error says more.
                try? await flush()
                throw error
            }
            try await flush()
            switch step {
            case .done: return
            case .needsInput: while try !feed(session) { try await input.wait() }
            case .ended: throw StreamError.truncated
            }
        }
    }

    /// Appends decrypted bytes; 0 at the end, nil if more has to arrive first.
    func decrypt(into buffer: inout [UInt8], atMost limit: Int) throws -> Int? {
        while let session {
            let step = try loop.withScratchSpace { space in
                let room = UnsafeMutableRawBufferPointer(rebasing: space[..<min(limit, space.count)])
                let step = try session.read(into: room)
                if case .done(let count) = step { buffer.append(contentsOf: room[..<count]) }
                return step
            }
            switch step {
            case .done(let count): return count
            case .ended: return 0
            case .needsInput: guard try feed(session) else { return nil }
            }
        }
        throw StreamError.closed
    }

    /// Gives the session what the system has; false if that is nothing yet.
    private func feed(_ session: TLSSession) throws -> Bool {
        guard let count = try receive(atMost: .max, { session.feed($0) }) else { return false }
        guard count > 0 else { throw StreamError.truncated }
        return true
    }

    /// Sends what the session has ready. Only who writes does this: what reading makes the session say (an update of
    /// keys) goes out with the next write, so that two tasks never write at once.
    func flush() async throws {
        while let session, session.hasOutput {
            try await writePlain(session.takeOutput()[...])
        }
    }

    /// Encrypts and sends piece by piece, so that memory does not grow with the size.
    func writeEncrypted(_ bytes: ArraySlice<UInt8>) async throws {
        var rest = bytes
        while !rest.isEmpty {
            guard let session else { throw StreamError.closed }
            let piece = rest.prefix(65_536)
            switch try piece.withUnsafeBytes({ try session.write($0) }) {
            case .done(let count): rest = rest.dropFirst(count)
            case .needsInput: throw TLSError("the other side asks to negotiate anew, which is not done")
            case .ended: throw StreamError.closed
            }
            try await flush()
        }
    }

    /// Says inside the encryption that nothing more will be written.
    func writeClosure() async throws {
        session?.sayClosed()
        try await flush()
    }
}
