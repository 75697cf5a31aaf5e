public import Moments

/// An action of a rule or a macro, with keys instead of codes: what happens to the ticket.
public struct AutomationStep: Sendable {
    /// Its place among the actions, from 1.
    public var number: Int
    public var action: AutomationAction.Verb
    /// What it writes, and who may read it; nil where it writes nothing.
    public var words: (text: String, visibility: Visibility)?
    /// The event, once it is known under which key the words stand.
    public var event: @Sendable (Ticket, EntryID?) -> Ticket.Event

    public init(
        _ number: Int, _ action: AutomationAction.Verb, words: (text: String, visibility: Visibility)? = nil,
        event: @escaping @Sendable (Ticket, EntryID?) -> Ticket.Event
    ) {
        (self.number, self.action, self.words, self.event) = (number, action, words, event)
    }
}

/// What steps would come to if they were taken one after the other.
public struct Rehearsal: Sendable {
    /// Those that would change something.
    public var steps: [AutomationStep] = []
    /// Those that are not possible. Then none is taken.
    public var faults: [StepFault] = []

    /// A step that says what is so already is left out; a rule that adds a tag is content with one that is there.
    public init(_ steps: [AutomationStep], on ticket: Ticket, at moment: Moment, by actor: Ticket.Actor) {
        var ticket = ticket
        for step in steps {
            let entry = step.words == nil ? nil : EntryID(0)
            do {
                _ = try ticket.apply(step.event(ticket, entry), at: moment, by: actor)
                self.steps.append(step)
            } catch {
                if Self.isSoAlready(step.action, error.reason) { continue }
                faults.append(StepFault(step: step.number, action: step.action.rawValue, reason: error.reason))
            }
        }
    }

    private static func isSoAlready(_ action: AutomationAction.Verb, _ reason: Refusal.Reason) -> Bool {
        switch (action, reason) {
        case (_, .changesNothing), (.handOver, .isWithTeamAlready), (.escalate, .isEscalatedAlready),
            (.resume, .isNotWaiting):
            true
        default: false
        }
    }
}
