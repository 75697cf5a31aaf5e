import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML

/// Why a ticket is where it is: who moved it there, or the rules of the routing table that had a say and what the
/// choice of the team rested on.
struct WhyPanel {
    let teller: TicketTeller

    private var wording: Wording { teller.wording }
    private var directory: Directory { teller.view.directory }

    var html: HTML? {
        guard let content else { return nil }
        return """
            <section class="panel" aria-labelledby="why"><h2 id="why">\(wording(.whyTitle))</h2>
            <div class="stack">\(content)</div></section>
            """
    }

    private var content: HTML? {
        guard let moved else { return routing }
        let words = Timeline(teller, isForDesk: true, file: { _ in "" }).words(of: moved)
        let before: HTML? = routing.map {
            """
            <details class="action"><summary>\(wording(.whyBefore))</summary><div class="stack">\($0)</div></details>
            """
        }
        return "<p>\(words)</p>\(before)"
    }

    /// The last move that was not the table's.
    private var moved: LogLine? {
        for line in teller.view.log.reversed() {
            switch line.recorded.event {
            case .routed: return nil
            case .assigned, .handedOver, .offerAccepted, .foundInsufficient: return line
            default: continue
            }
        }
        return nil
    }

    private var routing: HTML? {
        guard let (rule, why) = teller.view.routing else { return nil }
        let decided: HTML =
            rule == RoutingDecision.fallback
            ? "<p>\(wording(.whyFallback))</p>"
            : "<p>\(wording(.labelled, ["label": wording(.whyRule), "value": rule]))</p>"
        let version: HTML? = why.version.map {
            "<p class=\"muted\">\(wording(.whyVersion, ["version": String($0)]))</p>"
        }
        return "\(decided)\(steps(why))\(circumstances(why))\(version)"
    }

    private func steps(_ why: RoutingReasons) -> HTML? {
        if why.steps.isEmpty { return nil }
        let items = why.steps.map { step -> HTML in
            let found: HTML =
                step.facts.isEmpty ? HTML(text: wording(.whyAlways)) : list(step.facts, under: .whyFound)
            return """
                <li><strong><bdi>\(step.rule)</bdi></strong><br>\(found)<br>\(list(step.decided, under: .whyDecided))</li>
                """
        }
        return "<ol class=\"why\">\(items)</ol>"
    }

    private func list(_ findings: [RoutingFinding], under label: Catalogue.Phrase) -> HTML {
        let words = findings.map { finding in
            wording(
                .labelled, ["label": wording(.fact, finding.about.rawValue), "value": value(of: finding)])
        }
        return HTML(text: "\(wording(label)): \(words.joined(separator: "; "))")
    }

    private func circumstances(_ why: RoutingReasons) -> HTML? {
        var phrases: [Catalogue.Phrase] = []
        var load: Int?
        if let choice = why.choice {
            phrases.append(choice.isOpen ? .whyOpen : .whyClosed)
            // Where there was no other team, it made no difference who was there.
            if choice.candidates > 1, let isStaffed = choice.isStaffed {
                phrases.append(isStaffed ? .whyStaffed : .whyDeserted)
            }
            if choice.isFull { phrases.append(.whyFull) } else { load = choice.load }
            if load != nil { phrases.append(.whyLoad) }
            if choice.speaks { phrases.append(.whySpeaks) }
        }
        switch why.assignment {
        case .roundRobin: phrases.append(.whyRoundRobin)
        case .leastLoaded: phrases.append(.whyLeastLoaded)
        case .queue, nil: break
        }
        if why.isAgain { phrases.append(.whyAgain) }
        if phrases.isEmpty { return nil }
        let percent = wording.percent(Double(load ?? 0) / 100)
        return "<p>\(phrases.map { wording($0, ["percent": percent]) }.joined(separator: " "))</p>"
    }

    /// A word of the table as people call what it stands for.
    private func value(of finding: RoutingFinding) -> String {
        let (organisation, word) = (directory.organisation, finding.value)
        switch finding.about {
        case .kind: return wording(.kind, word)
        case .channel: return wording(.channel, word)
        case .impact: return wording(.impact, word)
        case .urgency: return wording(.urgency, word)
        case .state: return wording(.state, word)
        case .priority: return wording(.priority, word)
        case .category: return organisation.category(word)?.name(in: wording.language.tag) ?? word
        case .site, .requesterSite: return organisation.site(word)?.name ?? word
        case .team: return organisation.team(word)?.name ?? word
        case .position: return organisation.position(word)?.name ?? word
        case .supplier: return organisation.suppliers.first { $0.code == word }?.name ?? word
        case .text, .subject, .body: return "“\(word)”"
        case .tier, .skill, .tag, .recipient, .requesterClass, .requesterLanguage, .requesterOrganisation, .open,
            .closed, .hours:
            return word
        }
    }
}
