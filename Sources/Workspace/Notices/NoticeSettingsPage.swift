import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// Lets a person choose how he is told of each thing.
struct NoticeSettingsPage {
    let agent: Agent
    let ways: [Letter: NoticeWay]
    let isSaved: Bool

    private var wording: Wording { agent.wording }

    var response: Response {
        let title = wording(.noticeSettingsTitle)
        var values: [(String, String)] = []
        for (letter, way) in ways { values.append((letter.rawValue, way.rawValue)) }
        var query = HTTP.Query()
        for (name, value) in values { query.append(name, value) }
        let fields = FormFields(Draft(query), wording, form: "notices")
        let saved: HTML? =
            isSaved ? "<p class=\"notice notice-good\" role=\"status\">\(wording(.noticeSettingsSaved))</p>" : nil
        let choices = Letter.allCases.filter { ways[$0] != nil }.map { letter -> HTML in
            fields.choice(
                letter.rawValue, wording(.notice, letter.rawValue),
                letter.ways.map { (value: $0.rawValue, label: wording(.noticeWay, $0.rawValue)) })
        }
        return Page(title, visit: agent.visit, area: .notices, width: .narrow) {
            """
            <div class="stack">\(saved)<h1>\(title)</h1><p class="lede">\(wording(.noticeSettingsIntro))</p>
            <form class="form" method="post" action="/desk/notices/settings">\(agent.visit.formToken)\(choices)
            <div class="buttons"><button class="button" type="submit">\(wording(.save))</button>
            <a class="button button-secondary" href="/desk/notices">\(wording(.back))</a></div></form></div>
            """
        }.response()
    }
}
