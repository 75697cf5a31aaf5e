import Desk
import DeskStore
import DeskWeb

extension Staff {
    /// Whether somebody looks after the whole desk, and so after mail of which no ticket knows.
    var seesAllMail: Bool { rights.grants.contains { $0.role == .administrator && $0.site == nil } }

    /// What he sees where mail is shown: what came to the tickets that he sees, and for the whole desk the rest too.
    var mailSight: Sight {
        var sight = sight
        sight.seesUnsortedMail = seesAllMail
        return sight
    }
}
