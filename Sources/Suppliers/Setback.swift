import HTTP
import Moments

/// Why a supplier's system has not done what it was asked.
enum Setback: Error, Hashable {
    /// It may go better later; the supplier may have said when.
    case postponed(because: String, after: Duration?)
    /// Something is missing on our side, such as a secret that nobody has set yet.
    case unready(because: String)
    /// They do not know us, or no longer.
    case unauthorised(because: String)
    /// The same message will never be taken as things stand; a person has to look at it.
    case refused(because: String)
    /// They want nothing more from us at this address.
    case gone(because: String)
    /// This program is being stopped, or was too slow.
    case interrupted
}

extension Setback {
    /// How long a supplier can have us wait at a time.
    static let longestWait = Duration.seconds(6 * 3600)

    /// What an answer stands for; nil where it is a success.
    init?(_ response: Response, at now: Moment) {
        let status = response.status
        let words = Self.excerpt(response.text)
        let reason = "the supplier answered \(status)" + (words.isEmpty ? "" : ": \(words)")
        switch status.code {
        case 200...299: return nil
        case 401: self = .unauthorised(because: reason)
        case 410: self = .gone(because: reason)
        // Redirections are not followed: whoever could redirect us could have us send elsewhere.
        case 408, 425, 429, 300...399, 500...: self = .postponed(because: reason, after: Self.wait(response, at: now))
        default: self = .refused(because: reason)
        }
    }

    init(_ error: HTTPClientError) {
        // What the operator has forbidden stays forbidden until he changes it.
        if case .refusedAddress(let sentence) = error.reason {
            self = .refused(because: sentence)
        } else {
            self = .postponed(because: "\(error)", after: nil)
        }
    }

    /// The sentence for a person.
    var reason: String {
        switch self {
        case .postponed(let reason, _), .unready(let reason), .unauthorised(let reason), .refused(let reason),
            .gone(let reason):
            reason
        case .interrupted: "the call was broken off"
        }
    }

    /// What the field Retry-After says (RFC 9110 section 10.2.3).
    private static func wait(_ response: Response, at now: Moment) -> Duration? {
        guard let text = response.fields[.retryAfter] else { return nil }
        let seconds = Int64(text) ?? HTTPDate.seconds(text).map { $0 - now.seconds }
        return seconds.map { .seconds(max(1, min($0, longestWait.components.seconds))) }
    }

    /// The beginning of an answer, in one line.
    private static func excerpt(_ text: String) -> String {
        let line = text.prefix(200).map { $0.isNewline || $0 == "\0" ? " " : $0 }
        return String(line).split(separator: " ").joined(separator: " ")
    }
}
