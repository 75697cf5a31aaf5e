public import Moments

/// Why a door does not let somebody in.
public enum TurnedAway: Error, Sendable, Equatable {
    /// Nobody has signed in, or the session has ended.
    case notSignedIn
    /// The person may not do this, or not see that.
    case notAllowed
    /// The form was not given out to this visitor: it comes from another site, or from a session that has ended.
    case forged
    /// What is limited was used up; how long to wait.
    case tooManyTries(wait: Duration)
}

extension TurnedAway {
    /// What is limited by the hour is there again when the next one begins.
    public static func tooManyTries(at now: Moment) -> TurnedAway {
        .tooManyTries(wait: .seconds(3600 - now.seconds % 3600))
    }
}

extension TurnedAway: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notSignedIn: "Sign in first."
        case .notAllowed: "Your role or your sites do not include this."
        case .forged: "The form is too old, or does not come from this site. Load the page again."
        case .tooManyTries(let wait): "Too many tries. Wait \(wait.components.seconds) seconds."
        }
    }
}
