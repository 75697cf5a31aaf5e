import CSystem

/// A user of the operating system, as a started program needs it.
public struct SystemUser: Sendable, Equatable {
    /// The login name.
    public let name: String
    let id: uid_t
    let group: gid_t

    /// Looks up a user by login name; nil if there is none.
    public init?(named name: String) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var names = [CChar](repeating: 0, count: 16 * 1024)
        guard getpwnam_r(name, &entry, &names, names.count, &found) == 0, found != nil else { return nil }
        self.name = name
        self.id = entry.pw_uid
        self.group = entry.pw_gid
    }

    /// The user that PostgreSQL runs as when we are root, which it refuses to be; nil when we are not root.
    public static func forServer() throws(ClusterFault) -> SystemUser? {
        guard geteuid() == 0 else { return nil }
        for name in ["postgres", "nobody"] {
            if let user = SystemUser(named: name), user.id != 0 { return user }
        }
        throw ClusterFault(
            "PostgreSQL refuses to run as root, and this machine has neither a user \"postgres\" nor \"nobody\".",
            advice: "run this as an ordinary user, or create one with: adduser --system --group postgres")
    }
}
