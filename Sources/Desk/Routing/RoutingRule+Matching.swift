extension RoutingRule.Condition {
    /// What was found in the ticket, or nil where something asked for was not.
    func matches(
        _ draft: RoutingDraft, _ text: RoutingText, _ situation: RoutingSituation, in organisation: Organisation
    ) -> [RoutingFinding]? {
        var found: [RoutingFinding] = []
        guard findsTicket(draft, &found), findsRequester(draft.facts.requester, &found) else { return nil }
        if !categories.isEmpty {
            guard let category = draft.category, organisation.isPart(category, ofAny: categories) else { return nil }
            found.append(RoutingFinding(.category, category))
        }
        guard findsTime(draft.facts.site, situation, &found), findsWords(text, &found) else { return nil }
        return found
    }

    private func findsTicket(_ draft: RoutingDraft, _ found: inout [RoutingFinding]) -> Bool {
        note(.kind, draft.kind, kinds, \.rawValue, &found)
            && note(.channel, draft.facts.channel, channels, \.rawValue, &found)
            && note(.site, draft.facts.site, sites, \.self, &found)
            && note(
                .recipient, recipients.isEmpty ? nil : draft.facts.recipient?.lowercased(), recipients, \.self, &found)
    }

    private func findsRequester(_ requester: RoutingFacts.Requester, _ found: inout [RoutingFinding]) -> Bool {
        guard note(.requesterClass, requester.personClass, requesterClasses, \.self, &found),
            note(.requesterLanguage, requester.language, requesterLanguages, \.self, &found),
            note(.requesterSite, requester.site, requesterSites, \.self, &found)
        else { return false }
        return noteFirst(.requesterOrganisation, requesterOrganisations, \.self, &found, requester.belongs)
    }

    private func findsTime(_ site: String, _ situation: RoutingSituation, _ found: inout [RoutingFinding]) -> Bool {
        noteFirst(.open, open, \.self, &found, situation.isOpen)
            && noteFirst(.closed, closed, \.self, &found) { !situation.isOpen($0) }
            && noteFirst(.hours, hours, \.description, &found) { hours in
                situation.time(hours.site ?? site).map(hours.contain) ?? false
            }
    }

    /// Words come last: they cost most.
    private func findsWords(_ text: RoutingText, _ found: inout [RoutingFinding]) -> Bool {
        noteFirst(.text, words, \.text, &found, text.all.contain)
            && noteFirst(.subject, subjectWords, \.text, &found) { text.subject.contain($0) }
            && noteFirst(.body, bodyWords, \.text, &found) { text.body.contain($0) }
    }

    /// Whether a value is among those wanted, or none are.
    private func note<Value: Equatable>(
        _ about: RoutingFinding.Topic, _ value: Value?, _ wanted: [Value], _ text: (Value) -> String,
        _ found: inout [RoutingFinding]
    ) -> Bool {
        if wanted.isEmpty { return true }
        guard let value, wanted.contains(value) else { return false }
        found.append(RoutingFinding(about, text(value)))
        return true
    }

    /// Whether one of those wanted is so, or none are wanted.
    private func noteFirst<Value>(
        _ about: RoutingFinding.Topic, _ wanted: [Value], _ text: (Value) -> String, _ found: inout [RoutingFinding],
        _ isSo: (Value) -> Bool
    ) -> Bool {
        if wanted.isEmpty { return true }
        guard let first = wanted.first(where: isSo) else { return false }
        found.append(RoutingFinding(about, text(first)))
        return true
    }
}

/// The words of a ticket: of its subject, of its body, and of both together. Few rules ask for one of the two.
final class RoutingText {
    let all: TextWords
    private(set) lazy var subject = TextWords(words.subject)
    private(set) lazy var body = TextWords(words.body)
    private let words: (subject: [String], body: [String])

    init(_ facts: RoutingFacts) {
        words = (TextWords.of(facts.subject), TextWords.of(facts.text))
        // No phrase reaches from the subject into the body.
        all = TextWords(words.subject + [""] + words.body)
    }
}
