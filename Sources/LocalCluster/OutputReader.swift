import CSystem
import Glibc

/// Reads what a program writes until it ends. What its own children write after that is nobody's.
struct OutputReader {
    let process: Int32
    let output: Int32
    let error: Int32

    /// Blocks until the program has ended, and closes both descriptors.
    func run(_ onLine: (ChildProcess.Channel, String) -> Void) {
        let exit = meridian_process_descriptor(process)
        var splitters = [LineSplitter(), LineSplitter()]
        var watched = [output, error, exit].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var hasEnded = exit < 0
        while !hasEnded || watched[0].fd >= 0 || watched[1].fd >= 0 {
            // After the end only what already stands in the pipes is read.
            let ready = poll(&watched, nfds_t(watched.count), hasEnded && exit >= 0 ? 0 : -1)
            if ready < 0 && errno == EINTR { continue }
            if ready <= 0 { break }
            for index in 0..<2 where watched[index].fd >= 0 && watched[index].revents != 0 {
                let isOpen = take(from: watched[index].fd, into: &splitters[index]) {
                    onLine(index == 0 ? .output : .error, $0)
                }
                if !isOpen { watched[index].fd = -1 }
            }
            if watched[2].fd >= 0 && watched[2].revents != 0 {
                hasEnded = true
                watched[2].fd = -1
            }
        }
        for index in 0..<2 {
            if let line = splitters[index].finish() { onLine(index == 0 ? .output : .error, line) }
        }
        for descriptor in [output, error, exit] where descriptor >= 0 { close(descriptor) }
    }

    /// Reads once; false at the end of the stream.
    private func take(from descriptor: Int32, into splitter: inout LineSplitter, onLine: (String) -> Void) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 16 * 1024, alignment: 1) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0 && errno == EINTR { return true }
            guard count > 0 else { return false }
            splitter.take(UnsafeRawBufferPointer(rebasing: buffer[0..<count])).forEach(onLine)
            return true
        }
    }
}
