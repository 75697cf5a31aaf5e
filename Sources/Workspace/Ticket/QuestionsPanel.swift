import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML

/// What was asked of teams and suppliers that have not got the ticket, each question with its answer.
struct QuestionsPanel {
    let teller: TicketTeller

    private var wording: Wording { teller.wording }

    var html: HTML? {
        let questions = teller.view.questions
        if questions.isEmpty { return nil }
        return """
            <section class="stack"><h2>\(wording(.questionsTitle))</h2>
            <ol class="timeline">\(questions.map(item))</ol></section>
            """
    }

    private func item(_ asked: AskedQuestion) -> HTML {
        let to = teller.name(asked: asked.addressee)
        let author = asked.question.authorName ?? teller.view.directory.organisation.name
        let parties = wording(.fromTo, ["from": author, "to": to])
        return """
            <li class="entry entry-desk entry-internal"><div class="entry-head"><strong><bdi>\(parties)</bdi></strong>\
            \(teller.time(asked.askedAt))</div>
            <div class="entry-body"><div class="prose">\(HTML(prose: asked.question.text))</div>\
            \(answer(to: asked, from: to))</div></li>
            """
    }

    private func answer(to asked: AskedQuestion, from name: String) -> HTML {
        if let answer = asked.answer {
            return """
                <p><strong><bdi>\(answer.authorName ?? name)</bdi></strong>\
                 <span class="muted">\(teller.time(answer.at))</span></p>
                <div class="prose">\(HTML(prose: answer.text))</div>
                """
        }
        let phrase: Catalogue.Phrase = asked.endedAt == nil ? .questionWaits : .questionWithdrawn
        return "<p class=\"muted\">\(wording(phrase))</p>"
    }
}

extension TicketTeller {
    /// Somebody who was asked, by name.
    func name(asked addressee: Inquiry.Addressee) -> String {
        switch addressee {
        case .team(let place): name(of: .team(place))
        case .supplier(let supplier): name(of: supplier)
        }
    }
}
