import Catalogue
import TimeZones

extension Question {
    /// The question as the query of an address.
    var members: KeyValuePairs<String, String?> {
        ["from": period.first.description, "to": period.last.description, "by": split.rawValue]
    }
}

extension Period {
    /// The days as people write them.
    func text(_ wording: Wording) -> String {
        wording(.reportRange, ["from": wording.date(first), "to": wording.date(last)])
    }
}
