import Catalogue
import Desk
import DeskStore
import HTTP
import Postgres
import Secrets

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

    var fields: Fields { retryAfter.map(Self.fields(retryAfter:)) ?? Fields() }

    static func fields(retryAfter wait: Duration) -> Fields {
        [.retryAfter: String(max(1, wait.components.seconds))]
    }

    /// By what the line of a request is found in the log.
    static func reference(of request: Request?) -> String {
        request.flatMap { $0.id.isEmpty ? nil : $0.id } ?? RandomToken.hex(bytes: 8)
    }

    /// Whether the database may be asked for something more after an error: not where it is the one that failed, nor
    /// where somebody is held back.
    static func leavesTimeToLook(_ error: any Error) -> Bool {
        switch error {
        case is DatabaseError, TurnedAway.tooManyTries: false
        case let problem as Problem: problem.status != .serviceUnavailable && problem.status != .tooManyRequests
        default: true
        }
    }
}

extension Status {
    /// Whether the fault is ours.
    var isServerFailure: Bool { code >= 500 }
}

extension Website {
    /// The largest form that is taken, its files included, in bytes.
    public static let largestForm = 26_000_000
}
