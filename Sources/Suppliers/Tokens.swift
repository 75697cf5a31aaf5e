import Moments
import Synchronization

/// Tokens of access that suppliers' systems have given out, as long as they hold. Each program asks for its own.
final class Tokens: Sendable {
    private let kept = Mutex<[String: (value: String, until: Moment)]>([:])

    /// How long before its end a token is no longer used.
    private static let margin = Duration.seconds(60)

    func value(of name: String, at now: Moment) -> String? {
        kept.withLock { kept in
            guard let token = kept[name], now + Self.margin < token.until else { return nil }
            return token.value
        }
    }

    func keep(_ value: String, as name: String, until moment: Moment) {
        kept.withLock { $0[name] = (value, moment) }
    }

    /// Forgets a token that was refused.
    ///
    /// - Returns: whether there was one: then a new one may be taken.
    func forget(_ name: String) -> Bool {
        kept.withLock { $0.removeValue(forKey: name) != nil }
    }
}
