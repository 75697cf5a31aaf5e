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

    /// The agent signs in and keeps the files that the ticket's page shows, in its order, once there are so many.
    func downloads(_ count: Int) async throws -> [(name: String, bytes: [UInt8])] {
        let visitor = WebVisitor(client: desk.client.client, base: desk.client.base)
        try await visitor.signIn(as: RunningDesk.agent.address, password: RunningDesk.agent.password)
        let place = "/desk/tickets/\(number)"
        let links = try await until("\(number) has \(count) files on its page") { () -> [String]? in
            let page = try await visitor.get(place)
            let links = page.text.matches(of: /href="([^"]*\/attachments\/[^"]*)"/).map { String($0.output.1) }
            return links.count >= count ? links : nil
        }
        var files: [(name: String, bytes: [UInt8])] = []
        for link in links {
            let answer = try await visitor.get(link)
            let name = answer.fields[.contentDisposition]?.firstMatch(of: /filename="([^"]*)"/)?.output.1
            files.append((String(name ?? ""), answer.body.bytes))
        }
        return files
    }
}
