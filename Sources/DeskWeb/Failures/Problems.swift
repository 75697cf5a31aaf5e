import Desk
import DeskStore
public import HTTP
import JSON
import Postgres
public import Runtime

/// Errors as programs are told of them, in English (RFC 9457).
public enum Problems {
    /// What a router of doors for programs takes as its `renderError`; what is our fault is told to the log.
    public static func renderer(_ log: Log) -> ErrorRenderer {
        { error, request in
            var problem = problem(for: error)
            // A method or a coding that we do not know is no failure of ours, although its status says so.
            if problem.status.isServerFailure, !(error is RequestFault) {
                let reference = Failure.reference(of: request)
                problem.extensions["reference"] = reference
                log.failure(error, reference: reference, request, problem.status)
            }
            return problem.response
        }
    }

    /// The problem that an error is.
    public static func problem(for error: any Error) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let fault as RequestFault: Problem(fault.status, detail: fault.rule)
        case let fault as MultipartParser.Fault:
            Problem(.badRequest, detail: "The body is not well-formed multipart/form-data (\(fault.rawValue)).")
        case let faults as JSONFaults: problem(for: faults)
        case let fault as JSONSyntaxFault: Problem(.badRequest, detail: "The body is not JSON: \(fault).")
        case let turnedAway as TurnedAway: problem(for: turnedAway)
        case let missing as NoSuchTicket: Problem(.notFound, detail: missing.description)
        case let changed as TicketChanged: Problem(.preconditionFailed, detail: changed.description)
        case let refusal as Refusal: problem(for: refusal)
        case let error as DatabaseError: problem(for: error)
        case is NoOrganisation:
            away(seconds: 60, "No organisation has been applied yet. Nothing was saved; try again later.")
        case EndpointFault.noSuchPath: Problem(.notFound)
        case EndpointFault.methodNotAllowed: Problem(.methodNotAllowed)
        default: Problem(.internalServerError)
        }
    }

    private static func problem(for faults: JSONFaults) -> Problem {
        let omitted = faults.omitted > 0 ? " \(faults.omitted) more are not listed." : ""
        return Problem(
            .unprocessableContent, detail: "The body is JSON but not what is asked for.\(omitted)",
            errors: faults.list.map { Problem.Fault($0.detail, at: $0.pointer.fragment) })
    }

    private static func problem(for turnedAway: TurnedAway) -> Problem {
        let detail = turnedAway.description
        return switch turnedAway {
        case .notSignedIn: Problem(.unauthorized, detail: detail)
        case .notAllowed, .forged: Problem(.forbidden, detail: detail)
        case .tooManyTries(let wait):
            Problem(.tooManyRequests, detail: detail, fields: Failure.fields(retryAfter: wait))
        }
    }

    private static func problem(for refusal: Refusal) -> Problem {
        var problem = Problem(.conflict, detail: refusal.description)
        problem.extensions["reason"] = refusal.reason.rawValue
        return problem
    }

    private static func problem(for error: DatabaseError) -> Problem {
        if error.isTransient {
            return away(seconds: 5, "The database cannot be reached. Nothing was saved; try again in a few seconds.")
        }
        guard case .commitUnknown = error.reason else { return Problem(.internalServerError) }
        return away(
            seconds: 5,
            "The connection broke while the change was saved. Try again; with an Idempotency-Key nothing is done twice."
        )
    }

    private static func away(seconds: Int64, _ detail: String) -> Problem {
        Problem(.serviceUnavailable, detail: detail, fields: Failure.fields(retryAfter: .seconds(seconds)))
    }
}
