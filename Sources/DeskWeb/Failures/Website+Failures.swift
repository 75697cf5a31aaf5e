import Catalogue
import Desk
import DeskStore
import HTML
public import HTTP
import Postgres
import Runtime
import Secrets

/// The one place where errors become answers: pages for people, problem documents (RFC 9457) for machines.
extension Website {
    /// What a router takes as its `renderError`.
    public var errorRenderer: ErrorRenderer { { [self] in answer(to: $0, $1, problems: nil) } }

    /// The same for a router with doors for programs too, whose errors `problems` renders.
    public func errorRenderer(forPrograms problems: @escaping ErrorRenderer) -> ErrorRenderer {
        { [self] in answer(to: $0, $1, problems: problems) }
    }

    private func answer(to error: any Error, _ request: Request?, problems: ErrorRenderer?) -> Response {
        if let problems, request.map({ Self.isForMachines($0.path) }) ?? true {
            return protected(problems(error, request))
        }
        let reference = request.flatMap { $0.id.isEmpty ? nil : $0.id } ?? RandomToken.hex(bytes: 8)
        let wording = Wording(Self.language(of: request))
        let failure = Failure(error, wording: wording, reference: reference)
        if failure.isOurs {
            log.error(
                "request failed",
                [
                    "reference": .string(reference), "path": .string(request?.path ?? ""),
                    "status": .int(failure.status.code), "err": .error(error),
                ])
        }
        guard let request, !Self.isForMachines(request.path) else {
            return protected(Self.problem(for: error, reference: reference).response)
        }
        if case TurnedAway.notSignedIn = error { return protected(signIn(comingFrom: request)) }
        let page = Page(failure.title, visit: visit(request, person: nil, rights: nil), width: .narrow) {
            "<div class=\"stack\"><h1>\(failure.title)</h1><p class=\"lede\">\(failure.text)</p></div>"
        }
        return protected(page.response(failure.status, fields: failure.fields))
    }

    /// Sends a stranger to sign in, and from there back to the page he wanted to read.
    private func signIn(comingFrom request: Request) -> Response {
        let target = request.target.query.map { "\(request.path)?\($0)" } ?? request.path
        let wanted = request.method.isSafe ? target : nil
        let hasEnded = sessionToken(in: request) != nil
        let link = Link("/sign-in").adding(query: ["to": wanted, "ended": hasEnded ? "yes" : nil])
        return .seeOther(link.text)
    }

    /// Paths whose visitors are programs.
    static func isForMachines(_ path: String) -> Bool {
        ["/api/", "/supplier/v1/", "/tmf-api/"].contains { path.hasPrefix($0) }
    }

    /// An error as a program is told of it, in English.
    ///
    /// - Parameter reference: the name of the request, by which its line is found in the log.
    public static func problem(for error: any Error, reference: String) -> Problem {
        if let problem = error as? Problem { return problem }
        let failure = Failure(error, wording: Wording(.english), reference: reference)
        var problem = Problem(failure.status, detail: failure.text, fields: failure.fields)
        switch error {
        case let refusal as Refusal:
            problem.detail = refusal.description
            problem.extensions["reason"] = refusal.reason.rawValue
        case let turnedAway as TurnedAway: problem.detail = turnedAway.description
        case let missing as NoSuchTicket: problem.detail = missing.description
        case let changed as TicketChanged: problem.detail = changed.description
        case EndpointFault.noSuchPath, EndpointFault.methodNotAllowed: problem.detail = nil
        case let fault as RequestFault: problem.detail = fault.rule
        case let fault as MultipartParser.Fault:
            problem.detail = "The body is not well-formed multipart/form-data (\(fault.rawValue))."
        case let error as DatabaseError where error.isTransient:
            problem.detail = "The database cannot be reached. Nothing was saved. Try again in a few seconds."
        case is NoOrganisation: problem.detail = "No organisation has been applied yet."
        default: problem.extensions["reference"] = reference
        }
        return problem
    }
}
