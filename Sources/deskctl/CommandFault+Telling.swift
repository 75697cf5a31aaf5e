import LocalCluster

extension CommandFault {
    /// What any error means to the person who typed the command.
    init(telling error: any Error) {
        switch error {
        case let fault as CommandFault: self = fault
        case let fault as ClusterFault:
            self.init(fault.problem, advice: fault.advice, status: .unavailable)
        default: self.init("\(error)", status: .software)
        }
    }
}
