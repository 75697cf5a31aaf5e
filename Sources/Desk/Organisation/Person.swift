/// Somebody who works at the desk, as the organisation document names him. Requesters need not be named: they are met.
public struct Person: Hashable, Sendable {
    /// What he signs in with and is written to at.
    public var email: String
    public var name: String
    public var language: String
    /// The code of his home site.
    public var site: String
    /// The codes of the positions he holds.
    public var positions: [String]
    /// What he may do, and where.
    public var roles: [Grant]
    /// As what he is served when he asks for help himself, such as `vip`.
    public var personClass: String
    /// The organisation or department he belongs to, if rules are to know it.
    public var organisation: String?

    /// A role at one site, or at all of them where `site` is nil.
    public struct Grant: Hashable, Sendable {
        public var role: Role
        public var site: String?

        public init(_ role: Role, site: String? = nil) {
            (self.role, self.site) = (role, site)
        }
    }

    public init(
        email: String, name: String, language: String, site: String, positions: [String] = [], roles: [Grant] = [],
        personClass: String = Person.standardClass, organisation: String? = nil
    ) {
        self.email = email
        self.name = name
        self.language = language
        self.site = site
        self.positions = positions
        self.roles = roles
        self.personClass = personClass
        self.organisation = organisation
    }

    /// The class of most people.
    public static let standardClass = "standard"
}
