import DeskStore
import Mail
import Moments
import Runtime

/// What becomes of one mail after a try to send it.
enum DeliveryRules {
    /// For how long a mail is tried that servers refuse for now, as mail systems among themselves do.
    static let patience = Duration.seconds(5 * 86_400)
    /// Between the tries, each twice as long as the one before; greylisting ends after the first.
    static let firstPause = Duration.seconds(300)
    static let longestPause = Duration.seconds(6 * 3600)
    /// Before the one repetition of a mail that the server may have taken: long enough for it to be itself again.
    static let pauseWhenUnsure = Duration.seconds(900)

    /// - Returns: nil where the mail is not at fault, and nothing was tried with it.
    static func outcome(
        of failure: SMTPFailure, after delivery: Delivery, at now: Moment,
        using generator: inout some RandomNumberGenerator
    ) -> Delivery.Outcome? {
        switch failure {
        case .unreachable, .misconfigured: nil
        case .permanent(let reply), .temporary(let reply):
            outcome(of: reply, after: delivery, at: now, using: &generator)
        case .ambiguous(let reason):
            delivery.isUnsure
                ? .sentPerhaps(because: "twice the server did not say whether it took it: \(reason)")
                : .later(now + pauseWhenUnsure, because: "the server did not say: \(reason)", isUnsure: true)
        }
    }

    static func outcome(
        of reply: SMTPReply, after delivery: Delivery, at now: Moment, using generator: inout some RandomNumberGenerator
    ) -> Delivery.Outcome {
        if reply.isPositive { return .sent }
        if reply.isPermanent, !reply.isAboutUs { return .refused(reply.description) }
        if let began = delivery.firstTriedAt, now.duration(since: began) >= patience {
            return .refused("not taken within five days, at last: \(reply)")
        }
        var pause = firstPause
        for _ in 0..<min(delivery.tries, 10) { pause = min(pause * 2, longestPause) }
        let spread = Double.random(in: 1...1.1, using: &generator)
        return .later(
            now + pause * spread, because: reply.description, isUnsure: delivery.isUnsure || delivery.isCutShort)
    }
}

extension SMTPReply {
    /// Whether a server says that it is not the one for our mail at all. The settings of one of the two are wrong, not
    /// the recipient's address: it is tried again for as long as what is refused for now.
    fileprivate var isAboutUs: Bool {
        let words = text.lowercased()
        return words.contains("relay") && (status == nil || status?.hasPrefix("5.7.") == true)
    }

    /// Whether it says that nobody has the address (RFC 3463, section 3.2), whoever sends what.
    var isAboutAddress: Bool { ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"].contains(status ?? "") }

    /// Whether it says that the mail is larger than the server or the mailbox takes (RFC 3463, sections 3.3 and 3.4).
    var isAboutSize: Bool { ["5.2.3", "5.3.4"].contains(status ?? "") || (status == nil && code == 552) }
}
