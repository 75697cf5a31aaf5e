public import Runtime
public import Sockets

/// Sends mail through a smarthost. A value; every use makes connections of its own.
public struct SMTPClient: Sendable {
    public let smarthost: Smarthost
    /// The name by which this machine introduces itself.
    let clientName: String
    let resolver: Resolver
    let tls: TLSContext?
    let log: Log

    /// - Parameter tls: for smarthosts that are encrypted; nil if none is.
    public init(
        _ smarthost: Smarthost, clientName: String, resolver: Resolver, tls: TLSContext?, log: Log = .silent
    ) {
        self.smarthost = smarthost
        self.clientName = clientName
        self.resolver = resolver
        self.tls = tls
        self.log = log
    }

    /// Opens a connection on the loop of the caller, on which several messages can be sent one after the other.
    ///
    /// - Throws: ``SMTPFailure``; nothing has been sent then.
    public func connect(within limit: Duration) async throws(SMTPFailure) -> SMTPConnection {
        let end = ContinuousClock.now.advanced(by: limit)
        let stream: ByteStream
        do {
            stream = try await ByteStream.connect(
                host: smarthost.host, port: smarthost.port, resolver: resolver, rules: nil, within: limit)
        } catch {
            throw .unreachable("\(error)")
        }
        let connection = SMTPConnection(stream, dialect: smarthost.dialect)
        do throws(SMTPFailure) {
            try await connection.open(self, until: end)
        } catch {
            connection.close()
            throw error
        }
        return connection
    }

    /// Sends one message on a connection of its own.
    ///
    /// - Returns: for each recipient, in their order, what the server said of it; the message was handed over for those
    ///   whose reply is positive, and for no others.
    /// - Throws: ``SMTPFailure`` if the message could not be handed over to anyone, or if that is not known.
    public func send(
        _ message: [UInt8], _ envelope: Envelope, within limit: Duration
    ) async throws(SMTPFailure) -> [SMTPReply] {
        let end = ContinuousClock.now.advanced(by: limit)
        let connection = try await connect(within: limit)
        let replies: [SMTPReply]
        do throws(SMTPFailure) {
            replies = try await connection.send(message, envelope, within: ContinuousClock.now.duration(to: end))
        } catch {
            connection.close()
            throw error
        }
        await connection.quit()
        return replies
    }
}
