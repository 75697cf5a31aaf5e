import CSystem
import Glibc

/// Where the Unix socket of a private server can stand.
public enum SocketFolder {
    /// A socket's path has at most this many bytes on Linux.
    static let longestPath = 107

    /// The wanted folder if a socket's path fits into it, else a short one of the same user under /tmp.
    public static func fitting(_ wanted: String) -> String {
        guard !fits(wanted) else { return wanted }
        // FNV-1a: the same folder must give the same name in every run.
        let digest = wanted.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "/tmp/meridian-\(geteuid())-\(String(digest, radix: 36))"
    }

    /// Whether the path of PostgreSQL's socket in this folder is short enough.
    static func fits(_ folder: String) -> Bool {
        "\(folder)/.s.PGSQL.65535".utf8.count <= longestPath
    }
}
