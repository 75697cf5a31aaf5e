import Glibc

/// The terminal, or whatever stands in its place.
enum Terminal {
    enum Channel: Int32, Sendable { case output = 1, error = 2 }

    /// Whether somebody sees what is written there at once.
    static func isInteractive(_ channel: Channel) -> Bool { isatty(channel.rawValue) == 1 }

    /// Writes a line.
    static func write(_ line: String, to channel: Channel) { write(bytes: Array("\(line)\n".utf8), to: channel) }

    /// Writes all of the bytes; a reader that went away is no fault of ours.
    static func write(bytes: [UInt8], to channel: Channel) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(channel.rawValue, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
