import Desk
import HTTP

@testable import deskctl

extension Journey {
    /// The agent hands the ticket over by the form of its page.
    func handOverOnPage() async throws {
        try await doOnPage(
            "handovers",
            ["team": "AMS:ams-workplace", "reason": "expertise", "note": "Please look at this one."],
            until: .handedOver)
    }

    /// The agent signs in and does something by a form of the ticket's page. Where she gets no answer she looks whether
    /// it was done, and does it again if not.
    func doOnPage(_ action: String, _ fields: [String: String], until done: Ticket.Event.Kind) async throws {
        let visitor = WebVisitor(client: desk.client.client, base: desk.client.base)
        let place = "/desk/tickets/\(number)"
        var (isSignedIn, last) = (false, "nothing")
        try await until("\(number): \(action) on its page; the last answer was \(last)") { () -> Void? in
            if try await events().contains(done) { return () }
            do {
                if !isSignedIn {
                    try await visitor.signIn(as: RunningDesk.agent.address, password: RunningDesk.agent.password)
                    isSignedIn = true
                }
                let page = try await visitor.get(place)
                last = "\(page.status)"
                guard let revision = page.text.firstMatch(of: /name="revision" value="([0-9]+)"/)?.output.1 else {
                    return nil
                }
                let answer = try await visitor.post(
                    "\(place)/\(action)", fields.merging(["revision": String(revision)]) { $1 }, from: page)
                last = "\(answer.status)"
            } catch let error where error is HTTPClientError || error is WebVisitor.Lost {
                last = "\(error)"
            }
            return nil
        }
    }
}
