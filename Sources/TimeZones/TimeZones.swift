import FoundationEssentials
import Synchronization

/// The time zones of this machine's IANA database, each read once.
public final class TimeZones: Sendable {
    private let directory: String
    private let known = Mutex<[String: Zone]>([:])

    /// - Parameter directory: where compiled zones are kept; by default what `TZDIR` names, else the system's place.
    public init(directory: String? = nil) {
        self.directory =
            directory ?? ProcessInfo.processInfo.environment["TZDIR"] ?? "/usr/share/zoneinfo"
    }

    /// The zone of a name such as `Europe/Oslo`.
    /// - Throws: `ZoneFault`, a sentence about what to write or to install.
    public func zone(_ name: String) throws(ZoneFault) -> Zone {
        if let zone = known.withLock({ $0[name] }) { return zone }
        guard Self.isName(name) else { throw .unknown(name) }
        let zone = Zone(name: name, periods: try read(name))
        known.withLock { $0[name] = zone }
        return zone
    }

    private func read(_ name: String) throws(ZoneFault) -> ZonePeriods {
        guard let contents = FileManager.default.contents(atPath: "\(directory)/\(name)") else {
            guard FileManager.default.fileExists(atPath: directory) else { throw .noDatabase(directory: directory) }
            throw .unknown(name)
        }
        do {
            return try ZoneFile.periods(of: Array(contents))
        } catch {
            throw .unreadable(name, because: error.reason)
        }
    }

    /// Names come from documents that people write: they must not lead out of the directory.
    private static func isName(_ name: String) -> Bool {
        name.count <= 64
            && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                guard let first = part.utf8.first, first != UInt8(ascii: ".") else { return false }
                return part.utf8.allSatisfy { byte in
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || "_+-".utf8.contains(byte)
                }
            }
    }
}
