extension RoutingFacts {
    /// Goes back to what people said of the ticket, at its opening and since; what the table made of it is left out.
    ///
    /// - Parameter code: the code of a category in the organisation document.
    public mutating func settle(_ log: [RecordedEvent], categories code: (CategoryID) -> String) {
        var said: CategoryID?
        var tags: Set<String> = []
        for recorded in log {
            switch recorded.event {
            case .opened(let opening):
                let first = opening.classification
                (kind, impact, urgency, said) = (first.kind, first.impact, first.urgency, first.category)
                tags = Set(first.tags)
            case .changed(let changes):
                let isRuled = changes.isRuled || recorded.actor == .program
                if let now = changes.tags.map(Set.init) {
                    ruledTags =
                        isRuled ? ruledTags.intersection(now).union(now.subtracting(tags)) : ruledTags.intersection(now)
                    tags = now
                }
                if isRuled { break }
                if let kind = changes.kind { (self.kind, _) = (kind, settled.insert(.kind)) }
                if let impact = changes.impact { (self.impact, _) = (impact, settled.insert(.impact)) }
                if let urgency = changes.urgency { (self.urgency, _) = (urgency, settled.insert(.urgency)) }
                said = changes.removesCategory ? nil : changes.category ?? said
            default: break
            }
        }
        category = said.map(code)
    }
}
