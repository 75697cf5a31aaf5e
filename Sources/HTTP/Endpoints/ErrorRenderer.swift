/// Turns an error into the answer that a stranger sees. The request is nil when it could not even be read.
public typealias ErrorRenderer = @Sendable (_ error: any Error, _ request: Request?) async -> Response

/// Renders every error as a problem document (RFC 9457). An error it does not know is our fault: it says nothing of
/// the cause, which belongs in the log.
public let standardErrorRenderer: ErrorRenderer = { error, _ in
    switch error {
    case let problem as Problem: problem.response
    case let fault as RequestFault: Problem(fault.status, detail: fault.rule).response
    case let fault as MultipartParser.Fault:
        Problem(.badRequest, detail: "The body is not well-formed multipart/form-data (\(fault.rawValue)).").response
    case EndpointFault.noSuchPath: Problem(.notFound).response
    case EndpointFault.methodNotAllowed: Problem(.methodNotAllowed).response
    default: Problem(.internalServerError).response
    }
}
