import Runtime

/// The settings, and the options of the command line that stand above them.
enum Options {
    static let listen = "EXAMPLE_SUPPLIER_LISTEN"
    static let desk = "EXAMPLE_SUPPLIER_DESK"
    static let state = "EXAMPLE_SUPPLIER_STATE"
    static let work = "EXAMPLE_SUPPLIER_WORK"

    static func read(_ arguments: [String]) -> SettingOptions {
        SettingOptions(arguments, names: ["--listen": listen, "--desk": desk, "--state": state, "--work": work])
    }
}
