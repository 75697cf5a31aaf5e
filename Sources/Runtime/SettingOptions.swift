/// Settings given on the command line, which stand above the environment: for small programs that people start by hand.
public struct SettingOptions: Sendable {
    /// What is no option of the program.
    public let rest: [String]
    private let given: [String: String]

    /// - Parameter names: the name of the setting for each option, such as `--listen`, whose value is the next word.
    public init(_ arguments: [String], names: [String: String]) {
        var rest: [String] = []
        var given: [String: String] = [:]
        var words = arguments[...]
        while let word = words.popFirst() {
            if let name = names[word], let value = words.popFirst() { given[name] = value } else { rest.append(word) }
        }
        (self.rest, self.given) = (rest, given)
    }

    /// The value of a setting, from the command line or else from the environment.
    public func value(of name: String) -> String? { given[name] ?? SettingsReader.environment(name) }
}
