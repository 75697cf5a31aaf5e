import CPostgres

/// The means to ask the server to cancel what one of its sessions is doing.
// Safe: libpq allows `PQcancel` on any thread, also after the connection is gone; it is freed once.
final class CancelRequest: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Nil if the connection is not open.
    init?(for connection: OpaquePointer?) {
        guard let pointer = PQgetCancel(connection) else { return nil }
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Asks, and blocks until the server has taken note or cannot be reached.
    func send() {
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(pointer, &message, Int32(message.count))
    }
}
