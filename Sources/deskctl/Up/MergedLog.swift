import Runtime

/// One log out of what several programs write.
///
/// The programs of the desk write whole log lines that name them: these pass as they are. Whatever else a program says
/// (a crash, a library) becomes a line of the log that names it.
struct MergedLog: Sendable {
    let format: Log.Format
    let level: Log.Level
    var write: @Sendable (String) -> Void = { Terminal.write($0, to: .output) }

    /// Takes a line that a program wrote.
    func take(_ line: String, from program: String) {
        if isLogLine(line, of: program) { return write(line) }
        log(of: program).warning(line)
    }

    /// Takes a line of PostgreSQL's own log. Its errors belong to the program that caused them, which tells them too.
    func takePostgres(_ line: String) {
        let log = log(of: "postgres")
        if line.hasPrefix("FATAL:") || line.hasPrefix("PANIC:") || line.hasPrefix("WARNING:") {
            log.warning(line)
        } else {
            log.debug(line)
        }
    }

    private func log(of program: String) -> Log {
        Log(
            service: program, level: level, format: format,
            to: .calling { [write] bytes in
                write(String(decoding: bytes.dropLast(), as: UTF8.self))
            })
    }

    private func isLogLine(_ line: String, of program: String) -> Bool {
        switch format {
        case .json: line.hasPrefix("{") && line.hasSuffix("}")
        case .text: line.first?.isNumber == true && line.contains(" \(program): ")
        }
    }
}
