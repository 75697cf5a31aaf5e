/// What a program does with its arguments and settings before anything has started.
enum LaunchPlan<Settings> {
    /// Print this and end well.
    case print(String)
    /// Tell this and end with a status.
    case refuse(String, ExitStatus)
    /// Start with these settings.
    case start(CommonSettings, Settings)

    init(
        program: Program, arguments: [String], reader: SettingsReader,
        _ settings: (inout SettingsReader) throws(SettingsFaults) -> Settings
    ) {
        switch arguments {
        case ["--help"], ["-h"]: self = .print(Self.help(program, settings))
        case ["--version"]: self = .print("\(program.name) \(program.version)\n")
        case [], ["--check"]:
            var reader = reader
            let common = CommonSettings(from: &reader)
            do throws(SettingsFaults) {
                let settings = try settings(&reader)
                let own = try reader.finish { settings }
                self = arguments.isEmpty ? .start(common, own) : .print("The settings are right.\n")
            } catch {
                self = .refuse("\(error)Try: \(program.name) --help\n", .configuration)
            }
        default:
            let words = arguments.joined(separator: " ")
            self = .refuse(
                "\(program.name) takes its settings from the environment; \"\(words)\" is not understood.\n"
                    + "Try: \(program.name) --help\n", .usage)
        }
    }

    private static func help(
        _ program: Program, _ settings: (inout SettingsReader) throws(SettingsFaults) -> Settings
    ) -> String {
        var reader = SettingsReader(describing: ())
        _ = CommonSettings(from: &reader)
        let common = reader.descriptions.count
        _ = try? settings(&reader)
        let descriptions = reader.descriptions[common...] + reader.descriptions[..<common]
        return """
            \(program.name): \(program.purpose)

            Settings (variables of the environment; one that is empty counts as not set):
            \(descriptions.map(\.line).joined())
            Options:
              --check    check the settings, tell every fault, and end
              --help     print this
              --version  print the version

            """
    }
}
