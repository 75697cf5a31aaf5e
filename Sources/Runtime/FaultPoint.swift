import Glibc
import Synchronization

/// The points of one part of a program, all of them: what is not a case of such a list is no point, so that a test can
/// ask for a run at each. The raw values are the names that `MERIDIAN_TEST_FAULT` takes.
public protocol FaultPoints: RawRepresentable<String>, CaseIterable, Sendable {}

extension FaultPoints {
    /// Marks the point. In a release build it is nothing.
    @inlinable
    public func pass() {
        #if DEBUG
            FaultPoint.pass(rawValue)
        #endif
    }

    /// Marks the point, and the same point for one kind of work: `name` and `name.kind`.
    @inlinable
    public func pass(of kind: some CustomStringConvertible) {
        #if DEBUG
            FaultPoint.pass(rawValue)
            FaultPoint.pass("\(rawValue).\(kind)")
        #endif
    }
}

/// Named points of a program at which a test can have it killed, to prove that nothing is lost or done twice.
///
/// `MERIDIAN_TEST_FAULT=name` kills the process with `SIGKILL` when it first passes the point, `name:3` when it passes
/// it for the third time. In a release build a point is nothing at all and the setting is refused.
public enum FaultPoint {
    static let settingName = "MERIDIAN_TEST_FAULT"

    #if DEBUG
        /// What every point does.
        @usableFromInline
        static func pass(_ name: @autoclosure () -> String) {
            guard let armed = Armed.ofProcess else { return }
            armed.pass(name())
        }

        /// Notes a fault if the setting cannot be understood.
        static func check(_ reader: inout SettingsReader) {
            guard let text = SettingsReader.environment(settingName), !text.isEmpty, Armed(text) == nil else { return }
            reader.fault("\(settingName) is \"\(text)\", which is not the name of a point, such as name or name:3.")
        }

        /// The point that was asked for and how often it is still to be passed.
        final class Armed: Sendable {
            static let ofProcess = SettingsReader.environment(settingName).flatMap { Armed($0) }

            let name: String
            private let left: Atomic<Int>

            init?(_ text: String) {
                let parts = text.split(separator: ":", omittingEmptySubsequences: false)
                guard let name = parts.first, !name.isEmpty, parts.count <= 2 else { return nil }
                guard let count = parts.count == 2 ? Int(parts[1]) : 1, count > 0 else { return nil }
                self.name = String(name)
                left = Atomic(count)
            }

            /// Whether this passing of `name` is the one at which the process ends.
            func isDue(_ name: String) -> Bool {
                guard name == self.name else { return false }
                return left.wrappingSubtract(1, ordering: .relaxed).newValue == 0
            }

            func pass(_ name: String) {
                guard isDue(name) else { return }
                LogSink.standardError.write(Array("fault point \(name): killed as asked\n".utf8))
                kill(getpid(), SIGKILL)
                while true { pause() }
            }
        }
    #else
        /// Notes a fault if the setting is there.
        static func check(_ reader: inout SettingsReader) {
            guard let text = SettingsReader.environment(settingName), !text.isEmpty else { return }
            reader.fault("\(settingName) is set, but this is a release build, which has no fault points.")
        }
    #endif
}
