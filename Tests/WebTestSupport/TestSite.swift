import Desk
public import DeskStore
public import DeskTestSupport
public import DeskWeb
public import HTTP
import Portal
import Postgres
import PostgresTestSupport
public import Runtime
public import Secrets
import SupplierPortal
public import Workspace

/// The website of a desk on the database of the test that is running, as the role that serves it in operation.
public struct TestSite: Sendable {
    public let desk: TestDesk
    /// The same desk as a superuser sees it, to prepare and to look behind the pages.
    public let behind: TestDesk
    public let website: Website
    public let keys: MasterKeys
    public let router: Router
    /// Rings for those who follow a ticket; the pages know of it if the site `watches`.
    public let watch: TicketWatch

    public static let password = "correct horse battery staple"

    /// - Parameters:
    ///   - keys: those with which the links in its mails are made, if mails are sent.
    ///   - time: the time of another desk that this one shares.
    public init(
        publicURL: String = "https://desk.norrsken.example", watches: Bool = false,
        preview: ((DeskStore) -> Workspace.Preview)? = nil, sortAnew: Workspace.SortingAnew? = nil,
        keys: MasterKeys = MasterKeys(id: "test", key: .random()), time: ManualTime? = nil
    ) throws {
        desk = try TestDesk(as: "meridian_intake", time: time)
        behind = try TestDesk()
        guard let address = WebAddress(publicURL) else { preconditionFailure("\(publicURL) is no address") }
        self.keys = keys
        website = Website(
            store: desk.store, keys: keys, publicURL: address, hasher: Self.hasher,
            log: .silent)
        watch = TicketWatch(desk.store)
        var router = Router(renderError: website.errorRenderer)
        website.mount(on: &router)
        Portal(website).mount(on: &router)
        SupplierPortal(website, keys: keys).mount(on: &router)
        Workspace(website, watch: watches ? watch : nil, preview: preview?(desk.store), sortAnew: sortAnew)
            .mount(on: &router)
        self.router = router
    }

    public func browser() -> Browser { Browser(router: router, origin: website.publicURL) }

    /// Gives somebody of the organisation the password of the tests.
    public func givePassword(to address: String) async throws {
        guard let person = try await behind.store.person(at: address) else {
            preconditionFailure("\(address) is nobody's")
        }
        try await behind.store.setPassword(Self.hasher.hash(Self.password).text, of: person.id)
    }

    /// Keeps the password of the tests as it was kept when guessing was slower; what is kept afterwards.
    public func keepPasswordAtFormerCost(of address: String) async throws -> String {
        let cost = ScryptCost(logRounds: 3, blockSize: 8, parallelism: 1)
        let hash = try await PasswordHasher(offload: Offload(width: 1), cost: cost).hash(Self.password).text
        guard let account = try await behind.store.account(at: address) else {
            preconditionFailure("\(address) has no password")
        }
        try await behind.store.keep(hash, insteadOf: account.password, of: account.person)
        return hash
    }

    /// The hash of somebody's password.
    public func keptPassword(of address: String) async throws -> String? {
        try await behind.store.account(at: address)?.password
    }

    /// A browser in which somebody of the organisation has signed in.
    public func browser(of address: String) async throws -> Browser {
        try await givePassword(to: address)
        var browser = browser()
        try await browser.signIn(address, Self.password)
        return browser
    }

    public func close() async { await desk.store.database.close() }

    /// Cheap, so that tests do not wait for what makes guessing slow.
    private static let hasher = PasswordHasher(
        offload: Offload(width: 2, name: "passwords"), cost: ScryptCost(logRounds: 4, blockSize: 8, parallelism: 1))
}
