import CPostgres
import Runtime

/// Owns a `PGconn` and frees it with the last reference.
// Safe: only the connection that made it uses the pointer, on its loop; the last reference may go away elsewhere, when
// nobody else can use it.
final class Handle: @unchecked Sendable {
    /// Nil once the session has been ended; libpq takes that as a broken connection.
    private(set) var pointer: OpaquePointer?
    private let log: Log
    /// Why the server ended the session, if it said so while nobody asked it anything.
    private var farewell: String?

    /// Starts to connect. Nil if there is no memory for it.
    init?(_ parameters: [(String, String)], log: Log) {
        let started = withCStrings(parameters.map(\.0)) { keywords in
            withCStrings(parameters.map(\.1)) { values in
                PQconnectStartParams(keywords, values, 0)
            }
        }
        guard let started else { return nil }
        pointer = started
        self.log = log
        let context = Unmanaged.passUnretained(self).toOpaque()
        PQsetNoticeReceiver(pointer, { context, notice in Handle.log(notice, of: context) }, context)
    }

    deinit {
        finish()
    }

    /// Ends the session and closes its socket.
    func finish() {
        PQfinish(pointer)
        pointer = nil
    }

    var isBroken: Bool { PQstatus(pointer) == CONNECTION_BAD }

    /// What the server or libpq last had to say of the connection.
    var message: String {
        farewell ?? PQerrorMessage(pointer).map { String(cString: $0).trimmed } ?? ""
    }

    private static func log(_ notice: OpaquePointer?, of context: UnsafeMutableRawPointer?) {
        guard let context, let text = Diagnostic.message.text(of: notice) else { return }
        let severity = Diagnostic.severity.text(of: notice) ?? "NOTICE"
        let handle = Unmanaged<Handle>.fromOpaque(context).takeUnretainedValue()
        if severity == "FATAL" { handle.farewell = text }
        handle.log.debug("The database remarks.", ["severity": .string(severity), "remark": .string(text)])
    }
}

/// Lends the strings as an array of C strings with NULL at its end.
func withCStrings<Result>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
    var bytes: [CChar] = []
    let starts = strings.map { string in
        defer {
            bytes.append(contentsOf: string.utf8.map { CChar(bitPattern: $0) })
            bytes.append(0)
        }
        return bytes.count
    }
    return bytes.withUnsafeBufferPointer { buffer in
        body(starts.map { start in buffer.baseAddress.map { $0 + start } } + [nil])
    }
}
