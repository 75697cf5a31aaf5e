import Catalogue
import Desk
import DeskStore
import HTML
import HTTP
import Moments
import Runtime
import Secrets

/// Signing in with a password, and out.
struct SignIn {
    let website: Website

    /// Tries in an hour: for one account, and from one address behind which a whole site may sit.
    static let triesPerAccount = 10
    static let triesPerClient = 100

    var endpoints: [Endpoint<Visit>] {
        [
            Endpoint(.get, "/sign-in") { request, visit in
                let draft = Draft(["to": request.query["to"] ?? ""])
                let page = SignInPage(visit: visit, draft: draft, hasEnded: request.query["ended"] != nil)
                return page.response
            },
            Endpoint(.post, "/sign-in", body: .collected(limit: 16_384)) { request, visit in
                try await begin(request, visit)
            },
            Endpoint(.get, "/signed-out") { _, visit in SignedOutPage(visit: visit).response },
            Endpoint(.post, "/sign-out", body: .collected(limit: 16_384)) { request, _ in try await end(request) },
        ]
    }

    private func begin(_ request: Request, _ visit: Visit) async throws -> Response {
        var draft = Draft(try request.form())
        let (address, wording) = (draft["email"].lowercased(), visit.wording)
        // A password is taken as it is, blanks included.
        let password = try request.form()["password"] ?? ""
        if address.isEmpty { draft.refuse("email", wording(.errorEmailMissing)) }
        if password.isEmpty { draft.refuse("password", wording(.errorPasswordMissing)) }
        guard draft.faults.isEmpty else { return SignInPage(visit: visit, draft: draft).response }

        try await limitTries(of: address, from: request.client)
        guard let person = try await person(at: address, with: password) else {
            website.log.warning("sign-in refused", ["client": .string(request.client)])
            draft.refuse("email", wording(.errorSignIn))
            return SignInPage(visit: visit, draft: draft).response
        }
        if let former = website.sessionToken(in: request) {
            try await website.store.endSession(digest: Digest(sha256: former).bytes)
        }
        let token = RandomToken.base62()
        try await website.store.startSession(digest: Digest(sha256: token).bytes, person: person)
        // What he wrote in this browser before he said who he is remains his, and the first page tells of it.
        let isWriting =
            visit.person == nil && !visit.isNew
            ? try await website.store.handOverRequests(of: visit.visitor, to: Visit.visitor(person)) > 0 : false
        website.log.info("signed in", ["person": .int(Int(person.rawValue)), "client": .string(request.client)])
        var response = Response.seeOther(try await destination(draft["to"], of: person, isWriting: isWriting).text)
        response.set(website.cookie(website.name("sid"), token))
        return response
    }

    /// The person whose password it is. An unknown address takes as long as a wrong password and is answered the same.
    private func person(at address: String, with password: String) async throws -> PersonID? {
        guard password.utf8.count <= 1024, address.utf8.count <= 254 else { return nil }
        let account = try await website.store.account(at: address)
        let verdict = try await website.hasher.check(password, against: account.flatMap { PasswordHash($0.password) })
        guard verdict != .wrong, let account else { return nil }
        if verdict == .rightButDated {
            let hash = try await website.hasher.hash(password)
            try await website.store.keep(hash.text, insteadOf: account.password, of: account.person)
        }
        return account.person
    }

    private func limitTries(of address: String, from client: String) async throws {
        let store = website.store
        let account = Digest(sha256: address).hex.prefix(32)
        let isAllowed = try await store.allows("sign-in:account:\(account)", atMost: Self.triesPerAccount)
        let mayTry = try await store.allows("sign-in:client:\(client)", atMost: Self.triesPerClient)
        guard isAllowed, mayTry else { throw TurnedAway.tooManyTries(at: store.timekeeper.now) }
    }

    /// Where the person wanted to go, or else to the request that he was writing, or else where his work is.
    private func destination(_ wanted: String, of person: PersonID, isWriting: Bool) async throws -> Link {
        if let link = Link(local: wanted) { return link }
        if isWriting { return "/" }
        let rights = try await website.store.rights(of: person)
        if Agent.includes(rights) { return "/desk" }
        return Manager.includes(rights) ? website.reportsLink : "/"
    }

    private func end(_ request: Request) async throws -> Response {
        if let token = website.sessionToken(in: request) {
            try await website.store.endSession(digest: Digest(sha256: token).bytes)
        }
        var response = Response.seeOther("/signed-out")
        response.set(website.cookie(website.name("sid"), "", maxAge: .zero))
        response.fields["Clear-Site-Data"] = "\"cache\", \"storage\""
        return response
    }
}
