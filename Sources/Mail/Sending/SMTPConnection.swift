import Runtime
import Sockets

/// An open conversation with a mail server. It belongs to the loop on which it was made; one message at a time.
public final class SMTPConnection {
    private let stream: ByteStream
    private let dialect: MailSession.Dialect
    private var reader = SMTPReplyReader()
    private var abilities = Abilities()
    private var end = ContinuousClock.now

    /// Recipients are named in batches, so that neither side waits for the other to read.
    private static let batch = 100

    init(_ stream: ByteStream, dialect: MailSession.Dialect) {
        self.stream = stream
        self.dialect = dialect
    }

    /// What the server said it can do (RFC 5321, section 4.1.1.1).
    struct Abilities {
        var keywords: [String: String] = [:]

        init() {}

        init(_ reply: SMTPReply) {
            for line in reply.text.split(separator: "\n").dropFirst() {
                let words = line.split(separator: " ", maxSplits: 1)
                guard let keyword = words.first else { continue }
                keywords[keyword.uppercased()] = words.count > 1 ? String(words[1]) : ""
            }
        }

        func has(_ keyword: String) -> Bool { keywords[keyword] != nil }
    }

    /// Whether the connection can still be used.
    public var isOpen: Bool { !stream.isClosed }

    /// Ends the connection without a word.
    public func close() { stream.close() }

    /// Ends the conversation properly. Never throws: nothing depends on it.
    public func quit() async {
        end = ContinuousClock.now.advanced(by: .seconds(5))
        do throws(SMTPFailure) {
            try await write("QUIT\r\n")
            _ = try await reply()
        } catch {
            // The server is gone already, which is what was wanted.
        }
        stream.close()
    }

    /// Ends the conversation with a word, without waiting for one.
    func leave() {
        let stream = stream
        guard let loop = EventLoop.current, isOpen else { return stream.close() }
        // Safe: nothing waits for the word to go out, and the connection is closed behind it in any case.
        _ = loop.spawn {
            stream.setWriteDeadline(after: .seconds(5))
            try? await stream.write("QUIT\r\n")
            stream.close()
        }
    }

    /// Whether the server is still there and has forgotten what was said before.
    func isReady(within limit: Duration) async -> Bool {
        guard isOpen else { return false }
        end = ContinuousClock.now.advanced(by: limit)
        // What it said meanwhile is that it goes.
        guard !reader.hasInput else {
            stream.close()
            return false
        }
        await reset()
        return isOpen
    }

    // MARK: - Opening

    /// Takes the greeting, encrypts if that is asked for, introduces itself and signs in.
    func open(_ client: SMTPClient, until end: ContinuousClock.Instant) async throws(SMTPFailure) {
        self.end = end
        let smarthost = client.smarthost
        if smarthost.security == .tls { try await encrypt(client) }
        let greeting = try await reply()
        guard greeting.code == 220 else { throw SMTPFailure(greeting) }
        try await introduce(client.clientName)
        if smarthost.security == .startTLS {
            guard abilities.has("STARTTLS") else { throw .misconfigured("\(smarthost) does not offer STARTTLS") }
            let answer = try await command("STARTTLS")
            guard answer.code == 220 else { throw SMTPFailure(answer) }
            // What came in the clear after the answer is from somebody else (RFC 3207, section 6).
            guard !reader.hasInput else { throw .unreachable("\(smarthost) sent more before it was encrypted") }
            try await encrypt(client)
            try await introduce(client.clientName)
        }
        if smarthost.user != nil { try await signIn(smarthost) }
    }

    private func encrypt(_ client: SMTPClient) async throws(SMTPFailure) {
        guard let tls = client.tls else {
            throw .misconfigured("no trusted authorities are set up for \(client.smarthost)")
        }
        setDeadline()
        do {
            try await stream.startTLS(tls, name: client.smarthost.host)
        } catch {
            throw .unreachable("\(client.smarthost) could not be trusted: \(error)")
        }
    }

    private func introduce(_ name: String) async throws(SMTPFailure) {
        var answer = try await command(dialect == .lmtp ? "LHLO \(name)" : "EHLO \(name)")
        if dialect == .smtp, answer.isPermanent {
            answer = try await command("HELO \(name)")
            guard answer.code == 250 else { throw SMTPFailure(answer) }
            abilities = Abilities()
            return
        }
        guard answer.code == 250 else { throw SMTPFailure(answer) }
        abilities = Abilities(answer)
    }

    /// Signs in by PLAIN or LOGIN (RFC 4954, RFC 4616), never in the clear over a network.
    private func signIn(_ smarthost: Smarthost) async throws(SMTPFailure) {
        guard let user = smarthost.user else { return }
        guard stream.isEncrypted || stream.peer?.isOnThisMachine == true else {
            throw .misconfigured(
                "a password is never sent to \(smarthost) in the clear; use smtps:// or smtp+starttls://")
        }
        let mechanisms = (abilities.keywords["AUTH"] ?? "").uppercased().split(separator: " ")
        let encoded = { (text: String) in String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self) }
        var answer: SMTPReply
        if mechanisms.contains("PLAIN") {
            answer = try await command("AUTH PLAIN \(encoded("\0\(user)\0\(smarthost.password)"))")
        } else if mechanisms.contains("LOGIN") {
            answer = try await command("AUTH LOGIN")
            if answer.code == 334 { answer = try await command(encoded(user)) }
            if answer.code == 334 { answer = try await command(encoded(smarthost.password)) }
        } else {
            throw .misconfigured("\(smarthost) offers neither AUTH PLAIN nor AUTH LOGIN")
        }
        if answer.isTemporary { throw .temporary(answer) }
        guard answer.code == 235 else {
            throw .misconfigured("\(smarthost) did not accept user and password: \(answer)")
        }
    }

    // MARK: - Sending

    /// Sends a message; see ``SMTPClient/send(_:_:within:)``. After a failure the connection is of no more use, unless
    /// the failure is a refusal.
    public func send(
        _ message: [UInt8], _ envelope: Envelope, within limit: Duration
    ) async throws(SMTPFailure) -> [SMTPReply] {
        end = ContinuousClock.now.advanced(by: limit)
        let outgoing = try OutgoingMessage(message, envelope, abilities)
        var replies = try await name(outgoing)
        let accepted = replies.indices.filter { replies[$0].isPositive }
        guard !accepted.isEmpty else {
            await reset()
            return replies
        }
        let answer = try await command("DATA")
        guard answer.code == 354 else {
            for index in accepted { replies[index] = answer }
            await reset()
            return replies
        }
        try await write(TransparentContent.bytes(of: message))
        let verdicts = try await verdicts(dialect == .lmtp ? accepted.count : 1)
        for (place, index) in accepted.enumerated() { replies[index] = verdicts[dialect == .lmtp ? place : 0] }
        return replies
    }

    /// Names the sender and the recipients, and returns the reply for each of these.
    private func name(_ outgoing: OutgoingMessage) async throws(SMTPFailure) -> [SMTPReply] {
        guard abilities.has("PIPELINING") else {
            let answer = try await command(outgoing.mail)
            guard answer.isPositive else { throw SMTPFailure(answer) }
            var replies: [SMTPReply] = []
            for line in outgoing.recipients { replies.append(try await command(line)) }
            return replies
        }
        var lines = [outgoing.mail] + outgoing.recipients
        var replies: [SMTPReply] = []
        while !lines.isEmpty {
            let batch = lines.prefix(Self.batch)
            lines.removeFirst(batch.count)
            try await write(batch.joined(separator: "\r\n") + "\r\n")
            for _ in batch { replies.append(try await reply()) }
            if let answer = replies.first, !answer.isPositive { throw SMTPFailure(answer) }
        }
        return Array(replies.dropFirst())
    }

    /// The answers after the final dot. If they fail to come, nobody knows whether the message was taken.
    private func verdicts(_ count: Int) async throws(SMTPFailure) -> [SMTPReply] {
        var verdicts: [SMTPReply] = []
        do throws(SMTPFailure) {
            for _ in 0..<count { verdicts.append(try await reply()) }
        } catch {
            stream.close()
            guard case .unreachable(let reason) = error else { throw error }
            throw .ambiguous(reason)
        }
        return verdicts
    }

    /// Makes the connection fit for the next message; if that fails, it is of no more use.
    private func reset() async {
        do throws(SMTPFailure) {
            if try await command("RSET").code == 250 { return }
        } catch {
            // It cannot be used either way.
        }
        stream.close()
    }

    // MARK: - Lines

    private func command(_ line: String) async throws(SMTPFailure) -> SMTPReply {
        try await write(line + "\r\n")
        return try await reply()
    }

    private func write(_ text: String) async throws(SMTPFailure) {
        try await write(Array(text.utf8))
    }

    private func write(_ bytes: [UInt8]) async throws(SMTPFailure) {
        setDeadline()
        do {
            try await stream.write(bytes)
        } catch {
            stream.close()
            throw .unreachable("\(error)")
        }
    }

    private func reply() async throws(SMTPFailure) -> SMTPReply {
        do {
            while true {
                if let reply = try reader.next() { return reply }
                setDeadline()
                let bytes = try await stream.read()
                guard !bytes.isEmpty else { throw StreamError.closed }
                reader.feed(bytes)
            }
        } catch {
            let reason = error as? StreamError == .closed ? "it closed the connection" : "\(error)"
            stream.close()
            throw .unreachable(reason)
        }
    }

    private func setDeadline() {
        let left = max(.zero, ContinuousClock.now.duration(to: end))
        stream.setReadDeadline(after: left)
        stream.setWriteDeadline(after: left)
    }
}

extension SocketAddress {
    /// Whether what is sent there does not leave this machine.
    fileprivate var isOnThisMachine: Bool {
        switch self {
        case .unix: true
        case .ip(let host, _):
            switch host.unwrapped {
            case .v4(let address): address >> 24 == 127
            case .v6(let address): address == 1
            }
        }
    }
}
