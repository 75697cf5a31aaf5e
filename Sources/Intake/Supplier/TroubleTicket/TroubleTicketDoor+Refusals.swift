import Desk
import DeskStore
import DeskSuppliers
public import HTTP
import JSON

extension TroubleTicketDoor {
    /// Writes what goes wrong under the paths of this door as TMF621 and MEF 124 have it, and leaves all else to
    /// another renderer.
    public static func renderer(over other: @escaping ErrorRenderer) -> ErrorRenderer {
        { error, request in
            guard let request, request.path.hasPrefix(root) else { return await other(error, request) }
            if let response = response(to: error) { return response }
            var response = await other(error, request)
            let detail = (try? JSON.parse(response.body.bytes))?["detail"]?.string ?? response.status.phrase
            let body = TroubleTicketError(status: response.status.code, reason: detail)
            response.body = .bytes(body.json.bytes())
            response.fields[.contentType] = "application/json"
            return response
        }
    }

    /// What has a form of its own here; nil for all else.
    private static func response(to error: any Error) -> Response? {
        switch error {
        case let error as TroubleTicketError: refusal(error)
        case let faults as TroubleTicketFaults: unfit(faults)
        case let faults as JSONFaults:
            refusal(TroubleTicketError(status: 400, code: "invalidBody", reason: faults.description))
        case let fault as JSONPatchFault:
            unfit(TroubleTicketFaults([.init(.invalidValue, at: fault.pointer, fault.detail)]))
        case let refusal as Refusal:
            unfit(TroubleTicketFaults([.init(.otherIssue, at: "status", refusal.description)]))
        case is TicketChanged:
            refusal(
                TroubleTicketError(
                    status: 409, reason: "The ticket has gone on since you read it. Read it again, then change it."))
        default: nil
        }
    }

    private static func refusal(_ error: TroubleTicketError) -> Response {
        Response(Status(error.status), json: error.json.bytes())
    }

    private static func unfit(_ faults: TroubleTicketFaults) -> Response {
        Response(.unprocessableContent, json: faults.json.bytes())
    }
}
