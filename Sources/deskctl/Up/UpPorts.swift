import LocalCluster
import Runtime

/// Where the programs of a desk on one machine listen.
struct UpPorts: Equatable, Sendable {
    var gateway: UInt16 = 8080
    var reporting: UInt16 = 8081
    var lmtp: UInt16 = 2424
    /// Of the gateway, the routing worker, the supplier worker and the reporting service.
    var metrics: [UInt16] = [9101, 9102, 9103, 9104]
    var supplier: UInt16 = 8090
    var catcher: UInt16 = 2525

    /// The ports of the contract.
    init() {}

    /// One after the other from this one on.
    init(from first: UInt16) {
        gateway = first
        reporting = first + 1
        lmtp = first + 2
        metrics = (3..<7).map { first + $0 }
        supplier = first + 7
        catcher = first + 8
    }

    /// The highest port that they can be laid out from.
    static let lastFirst = UInt16.max - 8

    /// Each with the name of who listens there.
    func named(withExample: Bool) -> [(name: String, port: UInt16)] {
        var all = [
            ("the gateway", gateway), ("the reporting service", reporting), ("mail coming in", lmtp),
            ("the gateway's figures", metrics[0]), ("the routing worker's figures", metrics[1]),
            ("the supplier worker's figures", metrics[2]), ("the reporting service's figures", metrics[3]),
        ]
        if withExample { all += [("the example supplier", supplier), ("the mail catcher", catcher)] }
        return all.map { (name: $0.0, port: $0.1) }
    }

    /// Throws if somebody else listens on one of them.
    func checkFree(withExample: Bool, isFree: (UInt16) -> Bool = FreePort.isFree) throws(CommandFault) {
        let taken = named(withExample: withExample).filter { !isFree($0.port) }
        guard let first = taken.first else { return }
        let all = taken.map { "\($0.port) for \($0.name)" }.joined(separator: ", ")
        throw CommandFault(
            taken.count == 1
                ? "port \(first.port), meant for \(first.name), is taken by another program."
                : "these ports are taken by other programs: \(all).",
            advice: "deskctl up --ports-from 20000, or stop what listens there (ss -ltnp shows it).",
            status: .unavailable)
    }
}
