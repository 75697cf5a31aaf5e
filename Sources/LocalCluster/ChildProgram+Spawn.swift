import CSystem
import Glibc

extension ChildProgram {
    /// Starts it; the id of the process, or the negated error number.
    func spawn(output: Int32, error: Int32) -> Int32 {
        withCStrings([executable] + arguments) { arguments in
            withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
                executable.withCString { executable in
                    withOptionalCString(directory) { directory in
                        var child = meridian_child(
                            executable: executable, arguments: arguments, environment: environment,
                            directory: directory, user: user?.id ?? 0, group: user?.group ?? 0,
                            changes_user: user == nil ? 0 : 1, death_signal: signalAtOurDeath,
                            output: output, error: error)
                        return meridian_spawn(&child)
                    }
                }
            }
        }
    }
}

/// Lends a null-terminated list of C strings, as `execve` wants it.
private func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
        // Safe: the list ends with nil, so it is never empty and has an address.
        body(UnsafePointer(buffer.baseAddress!))
    }
}

private func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
}
