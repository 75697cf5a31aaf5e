import CSystem
import Glibc
import Synchronization

/// Holds a folder for one process. The system lets go of it when the process dies, however it dies.
public final class FolderLock: Sendable {
    private let descriptor: Atomic<Int32>

    /// Takes the folder; nil if another process has it. Throws if the folder cannot be opened.
    public init?(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        self.descriptor = Atomic(descriptor)
        guard descriptor >= 0 else {
            throw ClusterFault("The folder \(path) cannot be opened: \(systemMessage(errno)).")
        }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            release()
            return nil
        }
    }

    /// Lets go of the folder before the process ends.
    public func release() {
        let held = descriptor.exchange(-1, ordering: .relaxed)
        if held >= 0 { close(held) }
    }

    deinit { release() }
}
