import CSystem

/// What a watcher of a descriptor wants to hear of.
public struct Interest: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Something can be read, or the other side has closed.
    public static let readable = Interest(rawValue: 1)
    /// Something can be written.
    public static let writable = Interest(rawValue: 2)

    var epoll: UInt32 {
        var events: UInt32 = 0
        if contains(.readable) { events |= EPOLLIN.rawValue | EPOLLRDHUP.rawValue }
        if contains(.writable) { events |= EPOLLOUT.rawValue }
        return events
    }
}

/// What the system says of a descriptor.
public struct Readiness: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A read will not block; also set when the other side has closed or the descriptor failed, as a read then tells.
    public static let readable = Readiness(rawValue: 1)
    /// A write will not block; also set when the descriptor failed, as a write then tells.
    public static let writable = Readiness(rawValue: 2)
    /// The other side sends nothing more; what it sent before can still be read.
    public static let peerClosed = Readiness(rawValue: 4)
    /// The connection failed or is closed both ways.
    public static let failed = Readiness(rawValue: 8)

    init(epoll events: UInt32) {
        self = []
        if events & EPOLLIN.rawValue != 0 { insert(.readable) }
        if events & EPOLLOUT.rawValue != 0 { insert(.writable) }
        if events & EPOLLRDHUP.rawValue != 0 { formUnion([.peerClosed, .readable]) }
        if events & (meridian_EPOLLERR | EPOLLHUP.rawValue) != 0 { formUnion([.failed, .readable, .writable]) }
    }
}
