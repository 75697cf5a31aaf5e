import LocalCluster

/// Where the programs of a desk under test listen.
///
/// The ports lie below those that the system gives to whoever asks for any, so that a program which is started again
/// finds its own still free.
struct DeskPorts: Sendable {
    let gateway: UInt16
    let reporting: UInt16
    let lmtp: UInt16
    let supplier: UInt16
    let catcher: UInt16
    let health: [ProgramName: UInt16]

    /// - Parameter others: those of other programs that run beside.
    init(besides others: [DeskPorts] = []) throws {
        var taken = Set(others.flatMap(\.all))
        func next() throws -> UInt16 {
            for _ in 0..<1000 {
                let port = UInt16.random(in: 20_000..<32_000)
                if FreePort.isFree(port), taken.insert(port).inserted { return port }
            }
            throw HarnessFault("There are no free ports from 20000 to 31999 on this machine.")
        }
        (gateway, reporting, lmtp) = (try next(), try next(), try next())
        (supplier, catcher) = (try next(), try next())
        health = try Dictionary(uniqueKeysWithValues: ProgramName.ofDesk.map { ($0, try next()) })
    }

    private var all: [UInt16] { [gateway, reporting, lmtp, supplier, catcher] + health.values }
}

/// Why a desk could not be brought to where a test wants it; written for whoever reads the test's failure.
struct HarnessFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
