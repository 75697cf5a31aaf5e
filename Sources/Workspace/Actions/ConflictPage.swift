import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// What an agent sees when the ticket changed while he was writing: his words and the ticket as it is, side by side.
struct ConflictPage {
    let agent: Agent
    let teller: TicketTeller
    let action: TicketAction
    let draft: Draft

    var response: Response {
        let wording = agent.wording
        let ticket: Link = "/desk/tickets/\(teller.number)"
        let place: Link = "\(ticket)/\(action.rawValue)"
        let kept = CarriedFields(teller.view.directory.organisation).html(of: draft)
        let latest = teller.view.log.last.map { line -> HTML in
            "<p>\(wording(.event, line.recorded.event.kind.rawValue)): \(teller.time(line.recorded.at))</p>"
        }
        return Page(wording(.conflictTitle), visit: agent.visit, area: .queue) {
            """
            <div class="stack"><h1>\(wording(.conflictTitle))</h1><p class="lede">\(wording(.conflictText))</p>
            <div class="conflict"><section class="panel"><h2>\(wording(.conflictYours))</h2>
            <p><strong>\(wording(action.phrase, ["supplier": "", "team": ""]))</strong></p>
            <div class="prose">\(HTML(prose: draft["note"]))</div>
            <form method="post" action="\(place)">\(agent.visit.formToken)
            <input type="hidden" name="revision" value="\(teller.ticket.revision)">\(kept)
            <div class="buttons"><button class="button" type="submit">\(wording(.conflictAgain))</button></div></form>
            </section><section class="panel"><h2>\(wording(.conflictTheirs))</h2>
            <p class="row">\(teller.state)\(teller.priority)</p><p>\(teller.name(of: teller.ticket.holder))</p>\(latest)
            <div class="buttons"><a class="button button-secondary" href="\(ticket)">\(wording(.conflictDiscard))</a></div>
            </section></div></div>
            """
        }.response(.preconditionFailed)
    }
}

extension TicketAction {
    /// What it is called.
    var phrase: Catalogue.Phrase {
        switch self {
        case .work: .actionTake
        case .assignment: .actionAssign
        case .colleague: .actionColleague
        case .replies: .actionReply
        case .questions: .actionAsk
        case .notes: .actionNote
        case .classification: .actionClassify
        case .routing: .actionReroute
        case .handovers: .actionHandOver
        case .referrals: .actionRefer
        case .answers: .actionAnswerSupplier
        case .recalls: .actionRecall
        case .acceptance: .actionAcceptOffer
        case .refusal: .actionDeclineOffer
        case .sufficiency: .actionSufficient
        case .shortcomings: .actionMissing
        case .means: .actionMeans
        case .inquiryAnswers: .actionAnswerInquiry
        case .inquiryWithdrawals: .actionWithdrawInquiry
        case .calls: .actionCallMade
        case .callbacks: .actionPromise
        case .hold: .actionHold
        case .resumption: .actionResume
        case .inquiries: .actionInquire
        case .escalations: .actionEscalate
        case .owner: .actionOwner
        case .release: .actionRelease
        case .resolution: .actionResolve
        case .reopenings: .actionReopen
        case .closure: .actionClose
        }
    }
}
