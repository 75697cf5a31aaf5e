import CSystem
import Foundation
import Glibc

/// A folder that belongs to the server's user and is closed to all others.
struct PrivateFolder {
    let path: String
    /// nil: us.
    let owner: SystemUser?

    /// Makes it, with the folders above it, unless it is there; gives it to its owner.
    func make() throws(ClusterFault) {
        let parent = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw ClusterFault(
                "The folder \(parent) cannot be made: \(systemMessage(errno)).", advice: "name a folder you may write.")
        }
        if mkdir(path, 0o700) != 0 && errno != EEXIST {
            throw ClusterFault(
                "The folder \(path) cannot be made: \(systemMessage(errno)).", advice: "name a folder you may write.")
        }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw ClusterFault("\(path) is not a folder.", advice: "move it away, or name another folder.")
        }
        try give(from: status.st_uid)
        if status.st_mode & 0o777 != 0o700 && chmod(path, 0o700) != 0 {
            throw ClusterFault("The folder \(path) cannot be closed to others: \(systemMessage(errno)).")
        }
    }

    /// A folder of somebody else's may be a trap, or somebody's data: only an empty one of our own changes hands.
    private func give(from current: uid_t) throws(ClusterFault) {
        let wanted = owner?.id ?? geteuid()
        guard current != wanted else { return }
        let isEmpty = (try? FileManager.default.contentsOfDirectory(atPath: path).isEmpty) ?? false
        guard let owner, current == geteuid(), isEmpty, chown(path, owner.id, owner.group) == 0 else {
            throw ClusterFault(
                "The folder \(path) belongs to user \(current), but PostgreSQL runs as user \(wanted).",
                advice: "run this as the user who made it, or name another folder.")
        }
    }

    /// Fails unless the owner can get at it: root's own folders, for one, are closed to the server's user.
    func checkReach() async throws {
        guard let owner else { return }
        let test = ChildProgram("/usr/bin/test", ["-w", path, "-a", "-x", path], user: owner)
        guard try await !ChildProcess.start(test).exit().isSuccess else { return }
        throw ClusterFault(
            "PostgreSQL runs as user \(owner.name), who cannot reach \(path).",
            advice: "name a folder outside root's home, for instance /var/lib/meridian.")
    }
}
