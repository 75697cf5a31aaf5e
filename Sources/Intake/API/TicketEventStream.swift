import Desk
import DeskStore
import DeskWeb
import HTTP
import JSON
import Moments
import Postgres
import Synchronization

/// The events of a ticket as a program follows them: those that there are, and each further one when it happens.
///
/// An event's identity on the stream is its revision. Those of one ticket are committed one after the other, so that
/// whoever names the last one he has seen gets all behind it, each once.
struct TicketEventStream: Sendable {
    let api: API
    let request: Request
    let number: TicketNumber
    /// The revision after which the client wants to be told; 0 for all.
    let after: Int64

    static let type = "text/event-stream"

    /// - Throws: `Problem` 400 for an identity that no event can have.
    init(_ api: API, _ request: Request, _ number: TicketNumber) throws(Problem) {
        (self.api, self.request, self.number) = (api, request, number)
        after = try Self.revision(request.lastEventID ?? request.query["after"])
    }

    /// The revision behind which events are asked for; 0 where none is named.
    ///
    /// - Throws: `Problem` 400 for what no event can have.
    static func revision(_ text: String?) throws(Problem) -> Int64 {
        guard let revision = Int64(text ?? "0"), revision >= 0 else {
            throw Problem(
                .badRequest, detail: "Last-Event-ID and after are the revision of an event, a whole number from 0 on.")
        }
        return revision
    }

    /// Whether the client prefers a stream to a list.
    static func isWanted(by request: Request) -> Bool {
        Preferences(request.fields[.accept]).best(mediaTypes: ["application/json", type]) == type
    }

    func response(beginningWith view: TicketView) -> Response {
        let place = Place(min(after, view.ticket.revision))
        var response = Response.events { [self] sink in
            try await api.watch.follow(view.ticket.id) { try await tell(sink, place) }
        }
        response.fields[.vary] = "Accept"
        return response
    }

    /// How far a client has been told.
    private final class Place: Sendable {
        private let state: Mutex<Int64>
        init(_ revision: Int64) { state = Mutex(revision) }

        var revision: Int64 { state.withLock { $0 } }
        func pass(_ revision: Int64) { state.withLock { $0 = revision } }
    }

    /// Tells what has happened since, with the eyes that the token has now.
    ///
    /// - Returns: whether the token still sees the ticket.
    private func tell(_ sink: EventSink, _ place: Place) async throws -> Bool {
        let told = place.revision
        let lines: [(revision: Int64, json: JSON)]
        do {
            let client = try await api.client(of: request)
            try client.require(.readTickets)
            guard let revision = try await api.store.revision(of: number, seeing: client.sight) else { return false }
            guard revision > told else { return true }
            lines = try await api.events(in: api.view(of: number, for: client), for: client, after: told)
        } catch is Problem {
            return false
        } catch is NoSuchTicket {
            return false
        } catch let error as DatabaseError where error.isTransient {
            // Nothing is lost: what happened is found when next looked.
            return true
        }
        for line in lines {
            try await sink.send(ServerEvent(line.json.text, id: "\(line.revision)"))
            place.pass(line.revision)
        }
        return true
    }
}
