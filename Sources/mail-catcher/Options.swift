import Runtime

/// The options of the command line, which stand above the environment.
struct Options: Sendable {
    static let directory = "MAIL_CATCHER_DIRECTORY"
    static let listen = "MAIL_CATCHER_LISTEN"

    /// What is no option of this program.
    let rest: [String]
    private let given: [String: String]

    init(_ arguments: [String]) {
        var rest: [String] = []
        var given: [String: String] = [:]
        var words = arguments[...]
        while let word = words.popFirst() {
            let name = ["--directory": Self.directory, "--listen": Self.listen][word]
            if let name, let value = words.popFirst() { given[name] = value } else { rest.append(word) }
        }
        self.rest = rest
        self.given = given
    }

    /// The value of a setting, from the command line or else from the environment.
    func value(of name: String) -> String? { given[name] ?? SettingsReader.environment(name) }
}
