/// Why a message could not be handed over as a whole.
public enum SMTPFailure: Error, Hashable, CustomStringConvertible {
    /// The server refused for good. Sending the same again is of no use.
    case permanent(SMTPReply)
    /// The server refused for now.
    case temporary(SMTPReply)
    /// There is no conversation, or it broke before the message was handed over. Nothing was sent.
    case unreachable(String)
    /// The conversation broke between the end of the message and the server's answer: it may have been sent, or not.
    case ambiguous(String)
    /// The server and the settings do not go together: no encryption, a wrong password. The message is not at fault; an
    /// operator has to act.
    case misconfigured(String)

    /// The failure that a refusal is.
    init(_ reply: SMTPReply) {
        self = reply.isPermanent ? .permanent(reply) : .temporary(reply)
    }

    public var description: String {
        switch self {
        case .permanent(let reply): "the mail server refused for good: \(reply)"
        case .temporary(let reply): "the mail server refused for now: \(reply)"
        case .unreachable(let reason): "the mail server cannot be reached: \(reason)"
        case .ambiguous(let reason): "the mail server did not say whether it took the message: \(reason)"
        case .misconfigured(let reason): "the mail server cannot be used as it is set up: \(reason)"
        }
    }
}

extension SMTPReply: CustomStringConvertible {
    /// The reply as one line: `550 5.1.1 no such user`.
    public var description: String { "\(code) \(status.map { $0 + " " } ?? "")\(text.singleLine)" }
}
