import LocalCluster
import Postgres
import Runtime

extension CommandFault {
    /// What any error means to the person who typed the command.
    init(telling error: any Error) {
        switch error {
        case let fault as CommandFault: self = fault
        case let fault as ClusterFault:
            self.init(fault.problem, advice: fault.advice, status: .unavailable)
        case let error as DatabaseError:
            self.init(
                "\(error).", advice: error.isTransient ? "the same again when the database is back." : nil,
                status: error.isTransient ? .unavailable : .software)
        case let fault as SettingsFaults: self.init("\(fault)", status: .configuration)
        default: self.init("\(error)", status: (error as? any ExitingError)?.exitStatus ?? .software)
        }
    }
}
