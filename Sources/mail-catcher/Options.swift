import Runtime

/// The settings, and the options of the command line that stand above them.
enum Options {
    static let directory = "MAIL_CATCHER_DIRECTORY"
    static let listen = "MAIL_CATCHER_LISTEN"

    static func read(_ arguments: [String]) -> SettingOptions {
        SettingOptions(arguments, names: ["--directory": directory, "--listen": listen])
    }
}
