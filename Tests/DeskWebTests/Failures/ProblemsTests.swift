import Desk
import DeskStore
import DeskWeb
import HTTP
import JSON
import Postgres
import Runtime
import Testing

@Suite("Errors as programs are told of them")
struct ProblemsTests {
    private func problem(_ error: any Error, _ id: String = "reference-4711") async throws -> (Response, JSON) {
        var request = Request(.post, "/api/v1/tickets")
        request.id = id
        let response = await Problems.renderer(.silent)(error, request)
        #expect(response.fields[.contentType] == "application/problem+json")
        return (response, try JSON.parse(response.body.bytes))
    }

    @Test("Each kind of error has its status")
    func statuses() async throws {
        struct Unknown: Error {}
        let refusal = Refusal(reason: .isClosed, state: .closed, event: .taken)
        let cases: [(any Error, Status)] = [
            (Problem(.unsupportedMediaType), .unsupportedMediaType), (RequestFault.bodyTooLarge, .contentTooLarge),
            (TurnedAway.notSignedIn, .unauthorized), (TurnedAway.notAllowed, .forbidden),
            (TurnedAway.forged, .forbidden), (TurnedAway.tooManyTries(wait: .seconds(30)), .tooManyRequests),
            (NoSuchTicket(number: "OSL-1"), .notFound), (TicketChanged(revision: 2), .preconditionFailed),
            (refusal, .conflict), (DatabaseError(.unreachable, at: CallSite()), .serviceUnavailable),
            (DatabaseError(.commitUnknown, at: CallSite()), .serviceUnavailable),
            (NoOrganisation(), .serviceUnavailable), (EndpointFault.noSuchPath, .notFound),
            (EndpointFault.methodNotAllowed([.get]), .methodNotAllowed), (Unknown(), .internalServerError),
        ]
        for (error, status) in cases {
            let (response, document) = try await problem(error)
            #expect(response.status == status, "\(error)")
            #expect(document["status"]?.integer == Int64(status.code), "\(error)")
            #expect((document["reference"]?.string == "reference-4711") == (status.code >= 500), "\(error)")
        }
    }

    @Test("Faults of a body come all at once, each with its place")
    func faults() async throws {
        var faults = JSONFaults()
        faults.add(JSONPointer(["requester", "email"]), "is missing")
        faults.add(JSONPointer(["site"]), "is not known")
        let (response, document) = try await problem(faults)
        #expect(response.status == .unprocessableContent)
        #expect(document["errors"]?.array?.compactMap { $0["pointer"]?.string } == ["#/requester/email", "#/site"])
    }

    @Test("A refusal names its reason, and who must wait is told how long")
    func details() async throws {
        let refusal = Refusal(reason: .isClosed, state: .closed, event: .taken)
        #expect(try await problem(refusal).1["reason"] == "is_closed")
        #expect(try await problem(TurnedAway.tooManyTries(wait: .seconds(30))).0.fields[.retryAfter] == "30")
        #expect(try await problem(DatabaseError(.unreachable, at: CallSite())).0.fields[.retryAfter] == "5")
    }

    @Test("An error of ours tells nothing of its cause, and a reference even where the request has no name")
    func ours() async throws {
        struct Secret: Error {}
        let (response, document) = try await problem(Secret(), "")
        #expect(response.status == .internalServerError)
        #expect(document["reference"]?.string?.isEmpty == false)
        #expect(!response.text.contains("Secret"))
    }
}
