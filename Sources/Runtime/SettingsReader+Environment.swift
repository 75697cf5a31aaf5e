import Glibc

extension SettingsReader {
    /// The variable `name` of the environment of the process.
    public static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

/// Everything that is wrong with a program's settings.
public struct SettingsFaults: Error, Hashable, CustomStringConvertible {
    /// A sentence for each fault.
    public let faults: [String]

    public var description: String {
        "The program cannot start.\n" + faults.map { "  - \($0)\n" }.joined()
    }
}

/// What `--help` tells about a setting.
struct SettingDescription: Hashable {
    enum Need: Hashable {
        case required
        case optional
        case standard(String)
    }

    let name: String
    let sentence: String
    let need: Need

    var line: String {
        switch need {
        case .required: "  \(name)\n      \(sentence) Required.\n"
        case .optional: "  \(name)\n      \(sentence)\n"
        case .standard(let text): "  \(name)\n      \(sentence) Default: \(text)\n"
        }
    }
}

/// A secret that is mounted as a file.
enum SecretFile {
    private static let limit = 65_536

    /// The contents without one line break at the end; a fault is noted if there are none.
    static func read(_ path: String, for name: String, into faults: inout [String]) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            faults.append("\(name)_FILE: \(SystemError("open", path)).")
            return nil
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if more < 0 {
                faults.append("\(name)_FILE: \(SystemError("read", path)).")
                return nil
            }
            if more == 0 { break }
            count += more
        }
        guard count <= limit else {
            faults.append("\(name)_FILE: \(path) is longer than \(limit) bytes, which no secret is.")
            return nil
        }
        if count > 0, bytes[count - 1] == UInt8(ascii: "\n") { count -= 1 }
        if count > 0, bytes[count - 1] == UInt8(ascii: "\r") { count -= 1 }
        guard count > 0 else {
            faults.append("\(name)_FILE: \(path) is empty.")
            return nil
        }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
