public import Moments

extension Ticket {
    /// What can happen to a ticket.
    ///
    /// Events are kept for ever and replayed, so none of them holds text that people wrote: that is in entries.
    public enum Event: Hashable, Sendable {
        case opened(Opening)
        case changed(Changes)
        /// The routing table put the ticket where it belongs; `rule` is the name of the rule that decided.
        case routed(Responsibility, rule: String, why: RoutingReasons = RoutingReasons())
        /// A person gave the ticket to a team, a position or a person (S41, S52).
        case assigned(Responsibility)
        /// A person works on it from now on: he begins, or where it waits, he answers for it when the wait is over.
        case taken(PersonID)
        /// One team passed the ticket to another: up a tier, to another site, or back (S50, S58).
        case handedOver(Responsibility, reason: String, note: EntryID)

        case noteAdded(EntryID)
        /// The desk wrote to the requester. The first one by a person is the first response.
        case messageSent(EntryID)
        /// The desk asked the requester and waits for the answer (S54).
        case requesterAsked(EntryID)
        case requesterReplied(EntryID)
        /// The desk waits for something else, for as long as it takes or until a moment; the note says for what.
        case putOnHold(until: Moment?, note: EntryID?)
        /// The desk waits no longer, whether or not what it waited for has come.
        case resumed

        case referred(SupplierID, note: EntryID?)
        case supplierAcknowledged(SupplierID, reference: String)
        case supplierNoted(SupplierID, note: EntryID)
        case supplierAsked(SupplierID, note: EntryID)
        /// The desk answered the supplier's question; the supplier has the ticket again.
        case supplierAnswered(SupplierID, note: EntryID)
        /// The supplier gave the ticket back without a solution.
        case supplierReturned(SupplierID, note: EntryID?)
        case supplierResolved(SupplierID, note: EntryID?)
        /// The desk took the ticket back from the supplier.
        case recalled(SupplierID, note: EntryID?)
        /// A message for the supplier could not be delivered after all attempts.
        case supplierUnreachable(SupplierID)
        /// So much of the time is used up that the contract has the supplier told.
        case supplierEscalated(SupplierID, ContractMark)

        /// `knowledge` is nil where nobody is asked for it: with the module off, or nothing to know it again by.
        case resolved(Outcome, note: EntryID?, knowledge: Knowledge? = nil)
        case reopened(ReopenReason, note: EntryID?)
        case closed

        /// The person who worked on it does so no more; the ticket is in the queue of the position.
        case released
        case ownerChanged(PositionID)
        /// The team that got the ticket can work with what it was told (S54).
        case foundSufficient
        /// The team that got the ticket gave it back, because something is missing that the note lists.
        case foundInsufficient(Responsibility, note: EntryID)
        /// The team decided what is needed to solve it; the note says more (S56).
        case meansChosen(Means, note: EntryID?)
        /// Somebody will contact the requester by then (S51).
        case callbackPromised(due: Moment)
        case callbackMade(note: EntryID?)
        /// A question to a team or a supplier that does not get the ticket with it (S55).
        case inquired(Inquiry.Addressee, question: EntryID)
        case inquiryAnswered(question: EntryID, answer: EntryID)
        case inquiryWithdrawn(question: EntryID)
        /// Another team may take the ticket, as at the end of a shift; it stays until that team accepts.
        case offered(Responsibility, note: EntryID?)
        case offerAccepted(Responsibility)
        case offerDeclined(note: EntryID?)
        /// Somebody above was told; the ticket stays where it is. `round` is when the round of the clock began that
        /// asks for it, where that has rounds.
        case escalated(EscalationLevel, EscalationReason, round: Moment? = nil)

        case linked(TicketID, LinkKind)
        case unlinked(TicketID, LinkKind)
        case becameChild(of: TicketID)
        case leftParent
        /// A part waits with the major incident that it belongs to, until that is solved or somebody goes on with it.
        case waitsForParent
        /// It is the same as another ticket, in which it goes on.
        case merged(into: TicketID)
        /// Another ticket was merged into this one.
        case absorbed(TicketID)
        /// A part of it became a ticket of its own.
        case split(into: TicketID)
        case declaredMajor
        case stoodDown
        /// The doors of a site, or of all, tell of the major incident in the words of an entry.
        case announced(at: SiteID?, words: EntryID)
        /// They tell of it in other words, in every language that it is told in.
        case announcementChanged(at: SiteID?, words: EntryID)
        /// They tell of it no more, while it goes on.
        case announcementEnded(at: SiteID?)
        case joined(PersonID)
        /// The same enquiry came to the desk of another site, which is told and sees the ticket; the position takes in
        /// what comes there.
        case listenerAdded(SiteID, PositionID)
        /// A note names people who should read it.
        case mentioned([PersonID], entry: EntryID)
        /// Somebody whom the ticket concerns is known as another person: the two are one.
        case personMerged(PersonID, into: PersonID)

        /// A rule or a macro was run; what it did follows.
        case automated(AutomationMark)
        case automationStopped(AutomationStop)
        /// Somebody was told of the ticket by a rule; the entry says what.
        case told(ToldParty, entry: EntryID)

        case deadlineNear(ClockMark)
        case deadlineMissed(ClockMark)
        /// Other targets or hours are in force than before; the clocks follow them from here on.
        case termsChanged([ClockShift])
        /// The clocks were counted anew, as if the targets and hours of that day had held all along; the note says why.
        case clocksReevaluated([ClockShift], note: EntryID)
    }
}
