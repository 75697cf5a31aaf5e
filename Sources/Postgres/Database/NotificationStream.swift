import Runtime

/// What a ``NotificationStream`` tells.
public enum NotificationEvent: Sendable, Equatable {
    /// Listening has begun, for the first time or again after a break. What was notified before is lost: look for
    /// whatever a notification could have told.
    case connected
    /// Some session sent a notification.
    case notification(channel: String, payload: String)
}

/// The notifications of some channels, over a connection of its own that is made anew whenever it breaks.
///
/// It never fails; it ends when the task that iterates it is cancelled. Each iteration has its own connection. A server
/// that is gone without a word is noticed within ten seconds, unless ``DatabaseConfiguration/silence`` says otherwise.
public struct NotificationStream: AsyncSequence, Sendable {
    public typealias Element = NotificationEvent
    public typealias Failure = Never

    let database: Database
    let channels: [String]

    public func makeAsyncIterator() -> Iterator {
        Iterator(database: database, channels: channels)
    }
}

extension NotificationStream {
    /// Takes what the stream hears, one after the other.
    public struct Iterator: AsyncIteratorProtocol {
        private let database: Database
        private let channels: [String]
        private let lease = Lease()
        private var received: ArraySlice<Notification> = []

        init(database: Database, channels: [String]) {
            self.database = database
            self.channels = channels
        }

        private static let backoff = Backoff(first: .milliseconds(100), most: .seconds(2))

        /// Closes the connection when the iteration is over.
        private final class Lease {
            var connection: Connection?

            deinit {
                connection?.closeSoon()
            }
        }

        public mutating func next() async -> NotificationEvent? {
            while !Task.isCancelled {
                if let notification = received.popFirst() {
                    return .notification(channel: notification.channel, payload: notification.payload)
                }
                guard let connection = lease.connection else {
                    lease.connection = await listen()
                    return lease.connection == nil ? nil : .connected
                }
                do {
                    let silence = database.configuration.silence
                    received = try await connection.nextNotifications(silence: silence, at: CallSite())[...]
                } catch  where error.reason == .cancelled {
                    return nil
                } catch {
                    database.log.warning("Listening was interrupted.", ["reason": .string(error.report)])
                    lease.connection = nil
                }
            }
            return nil
        }

        /// Connects and listens, trying as long as it takes; nil if the task is cancelled.
        private func listen() async -> Connection? {
            var failures = 0
            while !Task.isCancelled {
                do {
                    return try await connect()
                } catch {
                    database.log.warning("Listening is not possible.", ["reason": .string(error.report)])
                }
                failures += 1
                let pause = Self.backoff.delay(afterAttempt: failures)
                try? await database.loops.next().sleep(for: pause)
            }
            return nil
        }

        private func connect() async throws(DatabaseError) -> Connection {
            let connection = try await database.directConnection(at: CallSite())
            do {
                _ = try await connection.exchange(
                    channels.map { Statement("listen \(identifier: $0)") }, at: CallSite())
                return connection
            } catch {
                connection.closeSoon()
                throw error
            }
        }
    }
}

extension Database {
    /// Listens to the channels, on a direct connection of its own.
    public func notifications(on channels: String...) -> NotificationStream {
        NotificationStream(database: self, channels: channels)
    }
}
