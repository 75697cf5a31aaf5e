import Glibc

/// A system call that failed: which one, on what, and the system's reason.
public struct SystemError: Error, Hashable, CustomStringConvertible {
    /// The system call, for instance `bind`.
    public let call: String
    /// The error number (`errno`) that it left.
    public let code: CInt
    /// What the call was about: an address or a path; empty if that says nothing.
    public let subject: String

    /// The failure that `call` on `subject` has just left in `errno`.
    public init(_ call: String, _ subject: String = "") {
        self.init(call, subject, code: errno)
    }

    /// The failure of `call` on `subject` with the error number `code`.
    public init(_ call: String, _ subject: String = "", code: CInt) {
        self.call = call
        self.subject = subject
        self.code = code
    }

    /// The system's sentence for the error number.
    public var reason: String { String(cString: strerror(code)) }

    public var description: String {
        subject.isEmpty ? "\(call): \(reason) (errno \(code))" : "\(call) \(subject): \(reason) (errno \(code))"
    }
}
