public import Catalogue
import Desk
public import DeskStore

/// A person who reads figures: holds the role manager, lead or administrator somewhere.
public struct Manager: Sendable {
    public let visit: Visit
    public let person: PersonRecord
    public let rights: Rights

    init?(_ visit: Visit) {
        guard let person = visit.person, let rights = visit.rights, Self.roles.contains(where: rights.has) else {
            return nil
        }
        (self.visit, self.person, self.rights) = (visit, person, rights)
    }

    public var wording: Wording { visit.wording }
    public var sight: Sight { rights.sight }

    static let roles: [Role] = [.manager, .lead, .administrator]
}
