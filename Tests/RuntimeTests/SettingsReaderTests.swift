import Glibc
import Testing

@testable import Runtime

@Suite("Settings")
struct SettingsReaderTests {
    private struct Settings: Equatable {
        let database: String
        let port: UInt16
        let smarthost: String?
        let isPrepared: Bool
        let secret: String?

        init(from reader: inout SettingsReader) throws(SettingsFaults) {
            let database = reader.require("T_DATABASE", "The database.", "a connection string") { $0 }
            let port = reader.read("T_PORT", default: 8_080, "Where people connect.", "a port number", UInt16.init)
            let smarthost = reader.optional("T_SMTP", "Where mail goes.", "a host name") { $0 == "bad" ? nil : $0 }
            let isPrepared = reader.flag("T_PREPARED", default: true, "Whether statements are prepared.")
            let secret = reader.secret("T_SECRET", isRequired: false, "The keys.", "a list of keys") { text in
                guard text.count > 3 else { throw TooShort() }
                return text
            }
            self = try reader.finish {
                guard let database else { return nil }
                return Settings(
                    database: database, port: port, smarthost: smarthost, isPrepared: isPrepared, secret: secret)
            }
        }

        init(database: String, port: UInt16, smarthost: String?, isPrepared: Bool, secret: String?) {
            self.database = database
            self.port = port
            self.smarthost = smarthost
            self.isPrepared = isPrepared
            self.secret = secret
        }
    }

    private struct TooShort: Error, CustomStringConvertible {
        var description: String { "a key has at least four characters" }
    }

    private func settings(_ environment: [String: String]) throws(SettingsFaults) -> Settings {
        var reader = SettingsReader { environment[$0] }
        return try Settings(from: &reader)
    }

    @Test("Values are read, defaults stand in, and what is set to nothing counts as not set")
    func reads() throws {
        let least = try settings(["T_DATABASE": "host=x", "T_PORT": "", "T_SMTP": ""])
        #expect(least == Settings(database: "host=x", port: 8_080, smarthost: nil, isPrepared: true, secret: nil))
        let all = try settings([
            "T_DATABASE": "host=x", "T_PORT": "1", "T_SMTP": "mail", "T_PREPARED": "OFF", "T_SECRET": "abcd",
        ])
        #expect(all == Settings(database: "host=x", port: 1, smarthost: "mail", isPrepared: false, secret: "abcd"))
    }

    @Test("All faults are told at once, each with the name, the value and what would be right")
    func faults() {
        let error = #expect(throws: SettingsFaults.self) {
            try settings(["T_PORT": "70000", "T_SMTP": "bad", "T_PREPARED": "maybe", "T_SECRET": "abc"])
        }
        #expect(
            error?.faults == [
                "T_DATABASE is not set. The database. Try: set it to a connection string.",
                "T_PORT is \"70000\", which is not a port number.",
                "T_SMTP is \"bad\", which is not a host name.",
                "T_PREPARED is \"maybe\", which is not yes or no.",
                "T_SECRET has a value (not shown), which is not a list of keys: a key has at least four characters.",
            ])
        #expect(error?.exitStatus == .configuration)
    }

    @Test("A secret may be in a file, whose last line break does not count; both at once are refused")
    func secretFiles() throws {
        let path = try temporaryFile("from file\n")
        defer { unlink(path) }
        #expect(try settings(["T_DATABASE": "x", "T_SECRET_FILE": path]).secret == "from file")
        let both = #expect(throws: SettingsFaults.self) {
            try settings(["T_DATABASE": "x", "T_SECRET": "abcd", "T_SECRET_FILE": path])
        }
        #expect(both?.faults == ["T_SECRET and T_SECRET_FILE are both set. Try: keep one of them."])
    }

    @Test("A file that is missing, empty or far too long is a fault with its path")
    func badSecretFiles() throws {
        let empty = try temporaryFile("\n")
        let long = try temporaryFile(String(repeating: "a", count: 70_000))
        defer {
            unlink(empty)
            unlink(long)
        }
        for path in ["/no/such/file", empty, long] {
            let error = #expect(throws: SettingsFaults.self) {
                try settings(["T_DATABASE": "x", "T_SECRET_FILE": path])
            }
            #expect(error?.faults.count == 1)
            #expect(error?.description.contains(path) == true)
        }
    }

    @Test("The common settings are read from short words")
    func common() {
        func common(_ environment: [String: String]) -> (CommonSettings, [String]) {
            var reader = SettingsReader { environment[$0] }
            let common = CommonSettings(from: &reader)
            return (common, reader.faults)
        }
        #expect(common([:]).0.logFormat == .json)
        #expect(common([:]).0.grace == .seconds(25))
        #expect(common(["MERIDIAN_LOG": "text:debug"]).0.logLevel == .debug)
        #expect(common(["MERIDIAN_LOG": "text"]).0.logFormat == .text)
        #expect(common(["MERIDIAN_LOG": "warning"]).0.logLevel == .warning)
        #expect(common(["MERIDIAN_LOOPS": "3", "MERIDIAN_GRACE": "0"]).0.loops == 3)
        let wrong = ["MERIDIAN_LOG": "xml", "MERIDIAN_LOOPS": "0", "MERIDIAN_GRACE": "-1"]
        #expect(common(wrong).1.count == 3)
    }

    private func temporaryFile(_ text: String) throws -> String {
        var template = Array("/tmp/settings-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        write(descriptor, text, text.utf8.count)
        close(descriptor)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
