import CSystem
import Foundation
import Glibc

/// A server that runs on our data although nobody who could have started it lives.
struct StaleServer {
    let id: Int32

    /// Looks for it in `postmaster.pid`. The id counts only if that process stands in the data folder, as a server
    /// does: after a reboot the number may be anybody's.
    init?(dataDirectory: String) {
        guard let file = try? String(contentsOfFile: "\(dataDirectory)/postmaster.pid", encoding: .utf8),
            let line = file.split(separator: "\n").first, let id = Int32(line), id > 0
        else { return nil }
        let folder = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/cwd")
        guard let folder, let data = realpath(dataDirectory, nil) else { return nil }
        defer { free(data) }
        guard folder == String(cString: data) else { return nil }
        self.id = id
    }

    /// Stops it, asking for a clean stop first. Blocks for up to 40 s.
    func stop() throws(ClusterFault) {
        let descriptor = meridian_process_descriptor(id)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        for signal in [SIGINT, SIGQUIT] {
            kill(id, signal)
            var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&watched, 1, 20_000) > 0 { return }
        }
        throw ClusterFault(
            "A PostgreSQL server from an earlier run (process \(id)) does not stop.", advice: "kill \(id)")
    }
}
