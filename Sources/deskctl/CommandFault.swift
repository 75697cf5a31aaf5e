/// Why a command did not do what it was asked for, in the words of the person who asked.
struct CommandFault: Error, Equatable {
    /// What was wrong.
    let problem: String
    /// A command or a deed that helps; nil where nobody knows.
    var advice: String?
    var status: ExitCode

    init(_ problem: String, advice: String? = nil, status: ExitCode) {
        self.problem = problem
        self.advice = advice
        self.status = status
    }
}

/// How deskctl ends; the numbers of sysexits.h.
enum ExitCode: Int32, Sendable {
    case success = 0
    /// It ran, and the answer is no: a check that found something, a goal that was not met.
    case negative = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case software = 70
    case system = 71
    case cannotCreate = 73
    case inputOutput = 74
    case tryLater = 75
    case notPermitted = 77
    case configuration = 78
}
