import CPostgres

/// The parts of a report from the server, by the letters that the protocol gives them.
///
/// libpq has them as character literals, which do not reach Swift.
enum Diagnostic: Character {
    case severity = "V"
    case state = "C"
    case message = "M"
    case detail = "D"
    case hint = "H"
    case context = "W"
    case table = "t"
    case constraint = "n"

    /// This part of the report, if the server gave it.
    func text(of report: OpaquePointer?) -> String? {
        guard let letter = rawValue.asciiValue else { return nil }
        return PQresultErrorField(report, Int32(letter)).map { String(cString: $0) }
    }
}
