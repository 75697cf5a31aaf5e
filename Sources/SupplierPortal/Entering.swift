import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import Jobs
import Postgres
import Runtime
import Secrets

/// Coming in by a link that is mailed, and going out.
extension SupplierPortal {
    /// Links in an hour: to one address, and asked for from one address of the network.
    static let linksPerAddress = 6
    static let linksPerClient = 60
    /// Tries in an hour to come in from one address of the network.
    static let triesPerClient = 200

    var entrance: [Endpoint<Visit>] {
        [
            Endpoint(.get, "/supplier/portal/sign-in") { request, visit in
                let draft = Draft(["to": request.query["to"] ?? ""])
                return EntrancePage(visit: visit, draft: draft, hasEnded: request.query["ended"] != nil).response
            },
            Endpoint(.post, "/supplier/portal/sign-in", body: .collected(limit: 16_384)) { request, visit in
                try await ask(request, visit)
            },
            Endpoint(.get, "/supplier/portal/pass") { request, visit in try await knock(request, visit) },
            Endpoint(.post, "/supplier/portal/pass", body: .collected(limit: 16_384)) { request, visit in
                try await enter(request, visit)
            },
            Endpoint(.post, "/supplier/portal/renewal", body: .collected(limit: 16_384)) { request, visit in
                try await renew(request, visit)
            },
            Endpoint(.post, "/supplier/portal/sign-out", body: .collected(limit: 16_384)) { request, visit in
                var response = Response.seeOther("/supplier/portal/signed-out")
                response.set(try await website.endSupplierSession(of: request))
                return response
            },
            Endpoint(.get, "/supplier/portal/signed-out") { _, visit in LeftPage(visit: visit).response },
        ]
    }

    /// Mails a link to whoever asks for one. Nobody is told whether the address is known.
    private func ask(_ request: Request, _ visit: Visit) async throws -> Response {
        var draft = Draft(try request.form())
        let address = draft.requireAddress("email", visit.wording).lowercased()
        guard draft.faults.isEmpty else { return EntrancePage(visit: visit, draft: draft).response }
        try await send(to: address, leadingTo: draft["to"], request, visit)
        return SentPage(visit: visit, address: address).response
    }

    /// The same for whoever holds a link that is of no use any more: his address is known by it.
    private func renew(_ request: Request, _ visit: Visit) async throws -> Response {
        let draft = Draft(try request.form())
        guard let pass = PortalPass(draft["pass"], keys), let reader = try holder(of: pass, visit) else {
            return EntrancePage(visit: visit, draft: brokenLink(draft["to"], visit)).response
        }
        try await send(to: reader.address.lowercased(), leadingTo: draft["to"], request, visit)
        return SentPage(visit: visit, address: reader.address).response
    }

    private func send(to address: String, leadingTo place: String, _ request: Request, _ visit: Visit) async throws {
        let (store, digest) = (website.store, Digest(sha256: address).hex.prefix(32))
        let isAllowed = try await store.allows("portal-link:client:\(request.client)", atMost: Self.linksPerClient)
        guard isAllowed else { throw tooManyTries }
        guard let reader = try visit.directory().portalReaders.first(where: { $0.address.lowercased() == address }),
            try await store.allows("portal-link:address:\(digest)", atMost: Self.linksPerAddress)
        else { return }
        let letter = SupplierLetter(
            to: reader.address, .pass(place: Link(local: place)?.text), at: store.timekeeper.now)
        _ = try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.enqueue(letter)
        }
    }

    /// What a link leads to: a page with a button. Programs that look at links in mails before people do must not use
    /// them up.
    private func knock(_ request: Request, _ visit: Visit) async throws -> Response {
        let (text, place) = (request.query["pass"] ?? "", request.query["to"] ?? "")
        guard let pass = PortalPass(text, keys), let reader = try holder(of: pass, visit) else {
            return EntrancePage(visit: visit, draft: brokenLink(place, visit)).response
        }
        let account = try await website.supplierAccount(request)
        if account?.address == reader.address.lowercased() { return .seeOther(destination(place)) }
        return PassPage(visit: visit, pass: text, place: place, isOver: pass.expiresAt <= website.store.timekeeper.now)
            .response
    }

    private func enter(_ request: Request, _ visit: Visit) async throws -> Response {
        let draft = Draft(try request.form())
        let mayTry = try await website.store.allows("portal-pass:\(request.client)", atMost: Self.triesPerClient)
        guard mayTry else { throw tooManyTries }
        guard let pass = PortalPass(draft["pass"], keys), let reader = try holder(of: pass, visit) else {
            return EntrancePage(visit: visit, draft: brokenLink(draft["to"], visit)).response
        }
        guard let cookie = try await website.supplierSession(of: reader.address.lowercased(), by: pass) else {
            return PassPage(visit: visit, pass: draft["pass"], place: draft["to"], isOver: true).response
        }
        var response = Response.seeOther(destination(draft["to"]))
        response.set(cookie)
        return response
    }

    /// Whoever a pass is for, if he still speaks for a supplier.
    private func holder(of pass: PortalPass, _ visit: Visit) throws -> Supplier.Reader? {
        try visit.directory().portalReaders.first { pass.isFor($0.address.lowercased()) }
    }

    private func brokenLink(_ place: String, _ visit: Visit) -> Draft {
        var draft = Draft(["to": place])
        draft.refuse("email", visit.wording(.errorLinkBroken))
        return draft
    }

    /// A place in the portal, or its beginning.
    private func destination(_ place: String) -> String {
        let link = Link(local: place)?.text ?? ""
        return link.hasPrefix("\(Website.suppliers.text)/") ? link : Website.suppliers.text
    }

    private var tooManyTries: TurnedAway { .tooManyTries(at: website.store.timekeeper.now) }
}
