import CSystem
import Glibc
import Synchronization

/// Where the lines of a log go.
public final class LogSink: Sendable {
    private enum Target: Sendable {
        case nowhere
        case descriptor(CInt)
        case call(@Sendable ([UInt8]) -> Void)
    }

    private let target: Target
    private let turn = Mutex(())

    private init(_ target: Target) { self.target = target }

    /// The standard output of the process.
    public static let standardOutput = LogSink(.descriptor(STDOUT_FILENO))
    /// The standard error of the process.
    public static let standardError = LogSink(.descriptor(STDERR_FILENO))
    /// Nothing is written.
    public static let nowhere = LogSink(.nowhere)

    /// Hands each line, with its line break, to `receive`, on the thread that writes it.
    public static func calling(_ receive: @escaping @Sendable (_ line: [UInt8]) -> Void) -> LogSink {
        LogSink(.call(receive))
    }

    /// Writes to a descriptor that stays the caller's.
    public static func descriptor(_ descriptor: CInt) -> LogSink {
        LogSink(.descriptor(descriptor))
    }

    var isNowhere: Bool {
        if case .nowhere = target { true } else { false }
    }

    /// Writes a whole line with one `write`, so that lines of several threads and processes do not mix; it goes on only
    /// where the system took less. What cannot be written is dropped: a log never stops the work.
    func write(_ line: [UInt8]) {
        switch target {
        case .nowhere: return
        case .call(let receive): receive(line)
        case .descriptor(let descriptor):
            turn.withLock { _ in
                line.withUnsafeBytes { Self.writeAll($0, to: descriptor) }
            }
        }
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno == EAGAIN {
                var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&wanted, 1, 1_000)
            } else if errno != EINTR {
                return
            }
        }
    }
}
