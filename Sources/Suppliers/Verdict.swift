import HTTP
import Moments

/// What an attempt to deliver a message has come to.
enum Verdict: Hashable, Sendable {
    /// The supplier has it.
    case taken
    /// It may go better later; the supplier may have said when.
    case postponed(because: String, after: Duration?)
    /// The same message will never be taken as things stand; a person has to look at it.
    case refused(because: String)

    /// How long a supplier can have us wait at a time.
    static let longestWait = Duration.seconds(6 * 3600)

    init(_ response: Response, at now: Moment) {
        let status = response.status
        let words = Self.excerpt(response.text)
        let reason = "the supplier answered \(status)" + (words.isEmpty ? "" : ": \(words)")
        switch status.code {
        case 200...299: self = .taken
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
