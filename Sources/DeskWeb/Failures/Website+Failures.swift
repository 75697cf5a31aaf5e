import Catalogue
import HTML
public import HTTP
import Runtime

/// The one place where errors become answers: pages for people, problem documents (RFC 9457) for programs.
extension Website {
    /// What a router takes as its `renderError`.
    public var errorRenderer: ErrorRenderer {
        let problems = Problems.renderer(log)
        return { [self] error, request in
            guard let request, !Self.isForPrograms(request.path) else {
                return protected(await problems(error, request))
            }
            if case TurnedAway.notSignedIn = error {
                return protected(
                    Self.isForSuppliers(request.path)
                        ? signInForSupplier(comingFrom: request) : signIn(comingFrom: request))
            }
            return await page(telling: error, request)
        }
    }

    private func page(telling error: any Error, _ request: Request) async -> Response {
        let visit = await visit(failing: error, request)
        let reference = Failure.reference(of: request)
        let failure = Failure(error, wording: visit.wording, reference: reference)
        if failure.isOurs { log.failure(error, reference: reference, request, failure.status) }
        let isForSuppliers = Self.isForSuppliers(request.path)
        let page = Page(failure.title, visit: visit, area: isForSuppliers ? .suppliers : nil, width: .narrow) {
            """
            <div class="stack"><div><h1>\(failure.title)</h1><p class="lede">\(failure.text)</p></div>
            \(Self.wayOn(for: visit, isForSuppliers))</div>
            """
        }
        var response = protected(page.response(failure.status, fields: failure.fields))
        for cookie in visit.cookies { response.set(cookie) }
        return response
    }

    /// A way on from an error: to where the reader's work is.
    private static func wayOn(for visit: Visit, _ isForSuppliers: Bool) -> HTML {
        let (place, label): (Link, Catalogue.Phrase) =
            if isForSuppliers {
                (visit.website.suppliersLink, .supplierPortalTitle)
            } else if visit.rights.map(Agent.includes) ?? false {
                (visit.website.queueLink, .queueTitle)
            } else if visit.rights.map(Overseer.includes) ?? false {
                (visit.website.noticesLink, .noticesTitle)
            } else {
                (visit.website.portalLink, .portalTitle)
            }
        return "<p><a class=\"button button-secondary\" href=\"\(place)\">\(visit.wording(label))</a></p>"
    }

    /// Who reads of the error. Whoever has signed in keeps his frame, unless the error says that the session cannot be
    /// read now, or that there is too much to do already; nothing that goes wrong here makes it worse.
    private func visit(failing error: any Error, _ request: Request) async -> Visit {
        let stranger = visit(request, by: nil, in: nil)
        guard sessionToken(in: request) != nil, Failure.leavesTimeToLook(error) else { return stranger }
        let known = try? await withDeadline(Self.timeToLook) { [self] in try await visit(request) }
        return known ?? stranger
    }

    /// How long an error page waits for the name of its reader.
    private static let timeToLook = Duration.milliseconds(500)

    /// Sends a stranger to sign in, and from there back to the page he wanted to read.
    private func signIn(comingFrom request: Request) -> Response {
        let target = request.target.query.map { "\(request.path)?\($0)" } ?? request.path
        let wanted = request.method.isSafe ? target : nil
        let hasEnded = sessionToken(in: request) != nil
        let link = Link("/sign-in").adding(query: ["to": wanted, "ended": hasEnded ? "yes" : nil])
        return .seeOther(link.text)
    }

    static func isForSuppliers(_ path: String) -> Bool {
        path == suppliers.text || path.hasPrefix("\(suppliers.text)/")
    }

    /// Paths whose visitors are programs.
    static func isForPrograms(_ path: String) -> Bool {
        ["/api/", "/supplier/v1/", "/tmf-api/"].contains { path.hasPrefix($0) }
    }
}

extension Log {
    /// Tells of a request that failed through a fault of ours.
    func failure(_ error: any Error, reference: String, _ request: Request?, _ status: Status) {
        self.error(
            "request failed",
            [
                "reference": .string(reference), "path": .string(request?.path ?? ""), "status": .int(status.code),
                "err": .error(error),
            ])
    }
}
