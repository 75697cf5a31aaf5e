/// How a program ended.
public enum ChildEnd: Sendable, Equatable, CustomStringConvertible {
    /// It returned this status; 0 is success.
    case code(Int32)
    /// It was ended by this signal.
    case signal(Int32)

    /// True when the program returned 0.
    public var isSuccess: Bool { self == .code(0) }

    public var description: String {
        switch self {
        case .code(let code): "exit status \(code)"
        case .signal(let number): "signal \(number)"
        }
    }

    /// Reads the status word of `waitpid`.
    init(word: Int32) {
        let signal = word & 0x7f
        self = signal == 0 ? .code((word >> 8) & 0xff) : .signal(signal)
    }
}
