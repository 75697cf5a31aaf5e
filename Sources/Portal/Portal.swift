import Desk
public import DeskWeb
public import HTTP

/// The pages of those who need help: the form to ask with, and what has become of a ticket.
public struct Portal: Sendable {
    let website: Website

    public init(_ website: Website) { self.website = website }

    public func mount(on router: inout Router) {
        router.mount(
            website.everyone([
                Endpoint(.get, "/") { request, visit in try await askingPage(request, visit) },
                Endpoint(.post, "/tickets", body: .streamed(limit: Website.largestForm)) { request, visit in
                    try await website.reading(request, from: visit) { form in
                        try await take(form, request, from: visit)
                    }
                },
                Endpoint(.post, "/disturbances/:id", body: .collected(limit: 4096)) {
                    (request, visit, id: String) in
                    try await join(request, id, by: visit)
                },
                Endpoint(.get, "/disturbances/:id/joined") { (_, visit, _: String) in joined(visit) },
            ]))
        router.mount(website.everyone(keptEndpoints))
        router.mount(website.everyone(helpEndpoints))
        router.mount(
            website.requesters([
                Endpoint(.get, "/tickets") { request, requester in try await list(request, for: requester) },
                Endpoint(.get, "/tickets/:number") { request, requester, number in
                    try await show(number, to: requester, done: request.query["done"])
                },
                Endpoint(.get, "/tickets/:number/receipt") { _, requester, number in
                    try await confirm(number, to: requester)
                },
                Endpoint(.post, "/tickets/:number/messages", body: .streamed(limit: Website.largestForm)) {
                    request, requester, number in
                    try await website.reading(request, from: requester.visit) { form in
                        try await hear(form, request, from: requester, about: number)
                    }
                },
                Endpoint(.post, "/tickets/:number/disturbances/:id", body: .collected(limit: 4096)) {
                    (request, requester, number: TicketNumber, id: String) in
                    try await join(request, id, with: number, by: requester)
                },
                Endpoint(.get, "/tickets/:number/attachments/:attachment") {
                    request, requester, number, attachment in
                    try await fetch(attachment, of: number, for: requester, request)
                },
                Endpoint(.get, "/tickets/:number/entries/:entry/html") {
                    (_, requester, number: TicketNumber, entry: String) in
                    try await frame(entry, of: number, for: requester)
                },
            ]))
    }
}
