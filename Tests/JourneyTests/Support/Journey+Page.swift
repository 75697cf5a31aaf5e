import Desk
import HTTP

@testable import deskctl

extension Journey {
    /// The agent signs in and hands the ticket over by the form of its page. Where she gets no answer she looks whether
    /// it was done, and does it again if not.
    func handOverOnPage() async throws {
        let visitor = WebVisitor(client: desk.client.client, base: desk.client.base)
        let place = "/desk/tickets/\(number)"
        var (isSignedIn, last) = (false, "nothing")
        try await until("\(number) is handed over on its page; the last answer was \(last)") { () -> Void? in
            if try await events().contains(.handedOver) { return () }
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
                    "\(place)/handovers",
                    [
                        "team": "AMS:ams-workplace", "reason": "expertise", "note": "Please look at this one.",
                        "revision": String(revision),
                    ], from: page)
                last = "\(answer.status)"
            } catch let error where error is HTTPClientError || error is WebVisitor.Lost {
                last = "\(error)"
            }
            return nil
        }
    }
}
