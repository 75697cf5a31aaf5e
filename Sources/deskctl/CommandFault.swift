import Runtime

/// Why a command did not do what it was asked for, in the words of the person who asked.
struct CommandFault: Error, Equatable {
    /// What was wrong.
    let problem: String
    /// A command or a deed that helps; nil where nobody knows.
    var advice: String?
    var status: ExitStatus

    init(_ problem: String, advice: String? = nil, status: ExitStatus) {
        self.problem = problem
        self.advice = advice
        self.status = status
    }
}
