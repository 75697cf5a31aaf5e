import Catalogue
public import DeskStore
public import HTTP
public import Runtime
public import Secrets

/// The desk on the web: what all its doors and pages share.
public final class Website: Sendable {
    public let store: DeskStore
    /// Where browsers find the portal and the workspace.
    public let publicURL: WebAddress
    /// Proves in a link that its holder has had a mail of ours about a ticket.
    public let links: ConversationToken
    let reportsURL: String
    let forgery: ForgeryGuard
    let hasher: PasswordHasher
    let log: Log
    /// Whether cookies travel over TLS alone. Only a desk tried out on one machine, over plain HTTP, goes without.
    let isSecure: Bool

    /// - Parameter reportsURL: where the report pages begin; a path where a proxy joins the programs under one address.
    public init(
        store: DeskStore, keys: MasterKeys, publicURL: WebAddress, reportsURL: String = "/reports",
        hasher: PasswordHasher, log: Log
    ) {
        self.store = store
        self.publicURL = publicURL
        self.reportsURL = reportsURL
        self.hasher = hasher
        self.log = log
        links = ConversationToken(keys, for: .link)
        forgery = ForgeryGuard(CSRFTokens(keys), origin: publicURL)
        let isLoopback = ["localhost", "127.0.0.1", "::1"].contains(publicURL.authority.host)
        isSecure = publicURL.scheme == .https || !isLoopback
    }

    /// Adds what every program with pages needs: signing in and out, the stylesheet and the icon.
    public func mount(on router: inout Router) {
        router.mount(everyone(SignIn(website: self).endpoints))
        router.mount(Door(endpoints: StaticAsset.endpoints))
    }

    /// The language of somebody who has chosen none: what the browser likes, or English.
    static func language(of request: Request?) -> Language {
        let chosen = request?.query["language"] ?? request?.cookies["language"]
        return chosen.flatMap { Language(tag: $0) }
            ?? request?.fields[.acceptLanguage].flatMap { Language(acceptLanguage: $0) } ?? .english
    }
}
