import Glibc
import Runtime

/// A file that only its owner can read, for what must not be lost and not be known.
enum OwnersFile {
    /// Makes it unless it is there: nothing ever replaces it. It is on the disk when this returns.
    static func make(_ path: String, containing text: @autoclosure () -> String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0, errno == EEXIST { return }
        guard descriptor >= 0 else {
            throw CommandFault(
                "the file \(path) cannot be made: \(String(cString: strerror(errno))).",
                advice: "name a folder you may write with --data.", status: .cannotCreate)
        }
        defer { close(descriptor) }
        let bytes = Array(text().utf8)
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count == bytes.count, fsync(descriptor) == 0 else {
            unlink(path)
            throw CommandFault("the file \(path) cannot be written.", status: .inputOutput)
        }
    }
}
