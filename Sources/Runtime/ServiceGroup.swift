/// Services that lean on one another: each may use those before it, and is asked to stop only after all behind it have
/// ended.
///
/// All are started at once. When one ends, by itself or with an error, or when the group is asked to stop, the last is
/// asked to stop, then the one before it, and so on. What has not ended after the grace is cancelled.
public struct ServiceGroup: Service {
    public let name: String
    private let services: [any Service]
    private let grace: Duration
    private let loops: EventLoopGroup?
    private let log: Log

    /// A group of `services` that together have `grace` to stop; each runs on a loop of its own out of `loops`, if
    /// given.
    public init(
        _ services: [any Service], name: String = "services", grace: Duration, loops: EventLoopGroup? = nil,
        log: Log = .silent
    ) {
        self.services = services
        self.name = name
        self.grace = grace
        self.loops = loops
        self.log = log
    }

    /// - Throws: the error of the service that failed first, or ``GraceExceeded``.
    public func run(until stop: StopSignal) async throws {
        guard !services.isEmpty else { return await stop.wait() }
        var course = Course(names: services.map(\.name), stops: services.map { _ in StopSignal() }, log: log)
        await withTaskGroup(of: Happening.self) { group in
            for (place, service) in services.enumerated() {
                let ownStop = course.stops[place]
                group.addTask(executorPreference: loops?.next()) {
                    do {
                        try await service.run(until: ownStop)
                        return .ended(place, nil)
                    } catch {
                        return .ended(place, error)
                    }
                }
            }
            group.addTask {
                await stop.wait()
                return .stopAsked
            }
            while !course.running.isEmpty, let happening = await group.next() {
                let wasStopping = course.isStopping
                course.take(happening, grace: grace)
                if case .graceOver = happening { group.cancelAll() }
                guard course.isStopping, !wasStopping else { continue }
                group.addTask { [grace] in
                    do {
                        try await pause(for: grace)
                        return .graceOver
                    } catch {
                        return .stopAsked
                    }
                }
            }
            group.cancelAll()
        }
        if let error = course.error { throw error }
    }

    private enum Happening: Sendable {
        case ended(Int, (any Error)?)
        case stopAsked
        case graceOver
    }

    /// How far the group has come: pure but for the log and the raising of signals.
    private struct Course {
        let names: [String]
        let stops: [StopSignal]
        let log: Log
        var running: Set<Int>
        var isStopping = false
        var error: (any Error)?

        init(names: [String], stops: [StopSignal], log: Log) {
            self.names = names
            self.stops = stops
            self.log = log
            running = Set(names.indices)
        }

        mutating func take(_ happening: Happening, grace: Duration) {
            switch happening {
            case .ended(let place, let error):
                running.remove(place)
                if let error {
                    log.error("a service failed", ["unit": .string(names[place]), "err": .error(error)])
                    self.error = self.error ?? error
                } else {
                    log.debug("a service ended", ["unit": .string(names[place])])
                }
                isStopping = true
            case .stopAsked:
                isStopping = true
            case .graceOver:
                let late = running.sorted().map { names[$0] }
                error = error ?? GraceExceeded(services: late, grace: grace)
                for place in running { stops[place].raise() }
            }
            if isStopping, let last = running.max() { stops[last].raise() }
        }
    }
}

/// Services that had not stopped when the grace was over, and were cancelled.
public struct GraceExceeded: Error, Hashable, CustomStringConvertible {
    /// The services, in the order of the group.
    public let services: [String]
    /// The time they were given.
    public let grace: Duration

    public var description: String {
        "\(services.joined(separator: ", ")) had not stopped after \(grace) and was cancelled"
    }
}

/// Suspends on the timers of the caller's loop, or on the shared threads of the concurrency runtime off any loop.
func pause(for duration: Duration) async throws {
    if let loop = EventLoop.current {
        try await loop.sleep(for: duration)
    } else {
        try await Task.sleep(for: duration)
    }
}
