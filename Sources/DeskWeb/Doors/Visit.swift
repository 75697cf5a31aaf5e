public import Catalogue
public import Desk
public import DeskStore
public import HTML
public import HTTP
import Moments
import Secrets

/// Somebody's request for a page: in which language and appearance, and who it is if he has signed in.
public struct Visit: Sendable {
    public let website: Website
    public let wording: Wording
    /// The person who has signed in, and what he may do.
    public let person: PersonRecord?
    public let rights: Rights?
    /// The notices that wait for the person.
    public let unread: UnreadNotices?
    /// The organisation in force when the request came; nil before there is one.
    let organisation: Directory?
    let theme: Theme
    /// The page itself, for links that show it otherwise.
    let here: Link
    /// What the tokens of forms are bound to: the session, or a cookie that a stranger gets.
    let formKey: String
    /// Cookies to hand out with the answer.
    let cookies: [SetCookie]
    /// The address of whoever has come in for a supplier.
    var supplierAddress: String?

    /// The parts of the product that the organisation has switched on; none before there is one.
    public var modules: Set<Module> { Set(organisation?.organisation.modules ?? []) }

    /// The organisation in force when the request came, so that a page need not ask for it again.
    ///
    /// - Throws: `NoOrganisation`.
    public func directory() throws -> Directory {
        guard let organisation else { throw NoOrganisation() }
        return organisation
    }

    /// Where a stranger signs in. From there he comes back to this page; from the first one, and from those about
    /// signing in themselves, to where his work is.
    var signInLink: Link {
        switch here.text.prefix(while: { $0 != "?" }) {
        case "/sign-in": here
        case "/signed-out": "/sign-in"
        default: here.text == "/" ? "/sign-in" : Link("/sign-in").adding(query: ["to": here.text])
        }
    }

    /// The hidden field that every form which changes something must hold.
    public var formToken: HTML {
        "<input type=\"hidden\" name=\"\(ForgeryGuard.field)\" value=\"\(website.forgery.token(for: formKey))\">"
    }

    /// A digest that says who the person is, or for a stranger which browser: for what is kept for nobody else.
    public var visitor: [UInt8] {
        person.map { Self.visitor($0.id) } ?? Digest(sha256: "browser \(formKey)").bytes
    }

    /// The same of a person, wherever he signs in.
    static func visitor(_ person: PersonID) -> [UInt8] { Digest(sha256: "person \(person.rawValue)").bytes }

    /// Whether this may be the first page that a stranger asks for: nothing can be kept for him.
    public var isNew: Bool { !cookies.allSatisfy { $0.name != website.name("form") } }

    /// Turns away from the pages of a module that the organisation has not switched on: they do not exist.
    public func require(_ module: Module) throws {
        guard modules.contains(module) else { throw EndpointFault.noSuchPath }
    }
}

extension Website {
    /// The visit behind a request; whoever has no session is a stranger.
    ///
    /// - Throws: `DatabaseError`.
    public func visit(_ request: Request) async throws -> Visit {
        let session = sessionToken(in: request).map { Digest(sha256: $0).bytes }
        let (caller, directory) = try await store.caller(session: session)
        return visit(request, by: caller, in: directory)
    }

    /// - Parameter caller: nil for whoever has not signed in.
    func visit(_ request: Request, by caller: Caller?, in directory: Directory?) -> Visit {
        var cookies: [SetCookie] = []
        let year = Duration.seconds(365 * 86_400)
        let asked = request.query["language"].flatMap { Language(tag: $0) }
        if let asked { cookies.append(cookie("language", asked.tag, maxAge: year)) }
        let kept = request.cookies["language"].flatMap { Language(tag: $0) }
        let own = (caller?.person).flatMap { Language(tag: $0.language) }
        let language = asked ?? kept ?? own ?? Self.language(of: request)

        let chosen = request.query["theme"].flatMap(Theme.init)
        if let chosen { cookies.append(cookie("theme", chosen.rawValue, maxAge: year)) }
        let theme = chosen ?? request.cookies["theme"].flatMap(Theme.init) ?? .system

        var formKey = (caller != nil ? sessionToken(in: request) : nil) ?? strangerToken(in: request)
        if formKey == nil {
            let new = RandomToken.base62()
            cookies.append(cookie(name("form"), new))
            formKey = new
        }
        return Visit(
            website: self, wording: Wording(language), person: caller?.person, rights: caller?.rights,
            unread: caller?.unread, organisation: directory, theme: theme, here: Self.place(of: request),
            formKey: formKey ?? "", cookies: cookies)
    }

    /// Where the page is found again by reading, without the choice of language and appearance.
    private static func place(of request: Request) -> Link {
        guard request.method.isSafe else {
            let referer = request.fields[.referer].flatMap { WebAddress($0) }
            return referer.flatMap { Link(local: $0.target) } ?? "/"
        }
        var query = Query()
        for pair in request.query.pairs where pair.name != "language" && pair.name != "theme" {
            query.append(pair.name, pair.value)
        }
        return Link(local: query.pairs.isEmpty ? request.path : "\(request.path)?\(query.encoded)") ?? "/"
    }
}
