import CPostgres

/// The parts of a report from the server, by the letters that the protocol gives them.
///
/// libpq has them as character literals, which do not reach Swift.
struct Diagnostic {
    let letter: UInt8

    static let severity = Diagnostic(letter: UInt8(ascii: "V"))
    static let state = Diagnostic(letter: UInt8(ascii: "C"))
    static let message = Diagnostic(letter: UInt8(ascii: "M"))
    static let detail = Diagnostic(letter: UInt8(ascii: "D"))
    static let hint = Diagnostic(letter: UInt8(ascii: "H"))
    static let context = Diagnostic(letter: UInt8(ascii: "W"))
    static let table = Diagnostic(letter: UInt8(ascii: "t"))
    static let constraint = Diagnostic(letter: UInt8(ascii: "n"))

    /// This part of the report, if the server gave it.
    func text(of report: OpaquePointer?) -> String? {
        PQresultErrorField(report, Int32(letter)).map { String(cString: $0) }
    }
}
