import Runtime

/// The options of the command line, which stand above the environment.
struct Options: Sendable {
    static let listen = "EXAMPLE_SUPPLIER_LISTEN"
    static let desk = "EXAMPLE_SUPPLIER_DESK"
    static let state = "EXAMPLE_SUPPLIER_STATE"
    static let work = "EXAMPLE_SUPPLIER_WORK"

    /// What is no option of this program.
    let rest: [String]
    private let given: [String: String]

    init(_ arguments: [String]) {
        let names = ["--listen": Self.listen, "--desk": Self.desk, "--state": Self.state, "--work": Self.work]
        var rest: [String] = []
        var given: [String: String] = [:]
        var words = arguments[...]
        while let word = words.popFirst() {
            if let name = names[word], let value = words.popFirst() { given[name] = value } else { rest.append(word) }
        }
        (self.rest, self.given) = (rest, given)
    }

    /// The value of a setting, from the command line or else from the environment.
    func value(of name: String) -> String? { given[name] ?? SettingsReader.environment(name) }
}
