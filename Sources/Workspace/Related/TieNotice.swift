import Catalogue
import HTML
import HTTP

/// What has just become of a ticket beside the actions on it, told on the page that follows; the raw value stands in
/// the address.
enum TieNotice: String {
    case tied
    case removed
    case split
    case waits
    case partsWait = "parts_wait"
    case partsGoOn = "parts_go_on"
    case announced
    case reworded
    case unannounced
    case stoodDown = "stood_down"
    case registered
    case claimAccepted = "claim_accepted"
    case claimRefused = "claim_refused"

    init?(_ query: Query) {
        guard let notice = query["ties"].flatMap(TieNotice.init) else { return nil }
        self = notice
    }

    func html(_ wording: Wording) -> HTML {
        let phrase: Catalogue.Phrase =
            switch self {
            case .tied: .tiedDone
            case .removed: .tiedRemoved
            case .split: .tiedSplit
            case .waits: .partWaitDone
            case .partsWait: .partsWaitDone
            case .partsGoOn: .partsGoOnDone
            case .announced: .majorAnnounced
            case .reworded: .majorReworded
            case .unannounced: .majorUnannounced
            case .stoodDown: .majorEnded
            case .registered: .registerDone
            case .claimAccepted: .claimAccepted
            case .claimRefused: .claimRefused
            }
        return "<p class=\"notice notice-good\" role=\"status\">\(wording(phrase))</p>"
    }
}
