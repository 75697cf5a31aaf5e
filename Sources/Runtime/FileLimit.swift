import CSystem
import Glibc

/// How many files, connections included, the system lets this process have open at a time.
public enum FileLimit {
    /// The limit in force.
    public static var current: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1_024 }
        return Int(clamping: limit.rlim_cur)
    }

    /// Raises the limit to what the process may have without asking anybody, at most a million: systems start programs
    /// with a thousand, for the sake of old ones that keep descriptors in sets of fixed size.
    ///
    /// - Returns: the limit in force then.
    @discardableResult
    public static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return current }
        let most = min(limit.rlim_max, 1_000_000)
        if most > limit.rlim_cur {
            limit.rlim_cur = most
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        return current
    }
}
