import Foundation

extension ChildProgram {
    /// The environment that we were started with.
    public static var ownEnvironment: [String: String] { ProcessInfo.processInfo.environment }
}
