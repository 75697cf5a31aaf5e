import Foundation
import Glibc
import Runtime
import Secrets

/// The master key of a desk on one machine: made once, kept where only its owner can read it.
enum MasterKeyFile {
    /// Makes it unless it is there. Whoever loses it loses every secret that it sealed, so nothing ever replaces it.
    static func make(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0, errno == EEXIST { return }
        guard descriptor >= 0 else {
            throw CommandFault(
                "the master key \(path) cannot be written: \(String(cString: strerror(errno))).",
                advice: "name a folder you may write with --data.", status: .cannotCreate)
        }
        defer { close(descriptor) }
        let line = Array("1:\(Base64.encode(RandomBytes.make(32)))\n".utf8)
        let count = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count == line.count, fsync(descriptor) == 0 else {
            unlink(path)
            throw CommandFault("the master key \(path) cannot be written.", status: .inputOutput)
        }
    }
}
