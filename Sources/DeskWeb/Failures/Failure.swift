import Catalogue
import Desk
import DeskStore
import HTTP
import Postgres

/// An error as people are told of it.
struct Failure {
    var status: Status
    var title: String
    var text: String
    /// When it may be worth another try.
    var retryAfter: Duration?
    /// Whether the cause belongs in the log, because nobody outside can do anything about it.
    var isOurs = false

    /// - Parameter reference: what people can tell us so that we find the error in the log.
    init(_ error: any Error, wording: Wording, reference: String) {
        func say(_ status: Status, _ title: Catalogue.Phrase, _ text: Catalogue.Phrase) -> Failure {
            Failure(status: status, title: wording(title), text: wording(text))
        }
        switch error {
        case TurnedAway.notSignedIn: self = say(.unauthorized, .sessionEndedTitle, .sessionEndedText)
        case TurnedAway.notAllowed: self = say(.forbidden, .notAllowedTitle, .notAllowedText)
        case TurnedAway.forged: self = say(.forbidden, .formExpiredTitle, .formExpiredText)
        case TurnedAway.tooManyTries(let wait):
            let text = wording(.tooManyText, ["duration": wording.duration(wait, .long)])
            self.init(status: .tooManyRequests, title: wording(.tooManyTitle), text: text, retryAfter: wait)
        case is NoSuchTicket, EndpointFault.noSuchPath: self = say(.notFound, .notFoundTitle, .notFoundText)
        case EndpointFault.methodNotAllowed: self = say(.methodNotAllowed, .notFoundTitle, .notFoundText)
        case let refusal as Refusal:
            let text = wording(.refusal, refusal.reason.rawValue)
            self.init(status: .conflict, title: wording(.errorSummary), text: text)
        case is TicketChanged: self = say(.preconditionFailed, .conflictTitle, .conflictText)
        case let error as DatabaseError where error.isTransient:
            self = say(.serviceUnavailable, .unavailableTitle, .unavailableText)
            (retryAfter, isOurs) = (.seconds(5), true)
        case is NoOrganisation:
            self = say(.serviceUnavailable, .unavailableTitle, .unavailableText)
            (retryAfter, isOurs) = (.seconds(60), true)
        case RequestFault.bodyTooLarge:
            let text = wording(.tooLargeText, ["size": wording.size(bytes: Website.largestForm)])
            self.init(status: .contentTooLarge, title: wording(.tooLargeTitle), text: text)
        case let problem as Problem where !problem.status.isServerFailure:
            self.init(status: problem.status, title: wording(.errorSummary), text: problem.detail ?? problem.title)
        case let fault as RequestFault:
            self.init(status: fault.status, title: wording(.errorSummary), text: fault.rule)
        case is MultipartParser.Fault: self = say(.badRequest, .formExpiredTitle, .formExpiredText)
        default:
            let status = (error as? Problem)?.status ?? .internalServerError
            let text = wording(.failedText, ["reference": reference])
            self.init(status: status, title: wording(.failedTitle), text: text, isOurs: true)
        }
    }

    private init(status: Status, title: String, text: String, retryAfter: Duration? = nil, isOurs: Bool = false) {
        (self.status, self.title, self.text) = (status, title, text)
        (self.retryAfter, self.isOurs) = (retryAfter, isOurs)
    }

    var fields: Fields {
        guard let retryAfter else { return Fields() }
        return [.retryAfter: String(max(1, retryAfter.components.seconds))]
    }
}

extension Status {
    fileprivate var isServerFailure: Bool { code >= 500 }
}

extension Website {
    /// The largest form that is taken, its files included, in bytes.
    public static let largestForm = 26_000_000
}
