extension Ticket {
    /// All that is known when a ticket is opened: the first event of its log.
    public struct Opening: Hashable, Sendable {
        public var number: TicketNumber
        /// The site whose desk received it. It never changes.
        public var origin: SiteID
        public var classification: Classification
        public var channel: Channel
        public var language: String
        public var requester: PersonID
        /// The intake of the site, which answers for the ticket until it is routed.
        public var intake: Responsibility
        /// What was asked for, as the first entry.
        public var entry: EntryID?
        /// The desk that gave it to us, if it was one.
        public var client: SupplierID?

        public init(
            number: TicketNumber, origin: SiteID, classification: Classification, channel: Channel, language: String,
            requester: PersonID, intake: Responsibility, entry: EntryID?, client: SupplierID? = nil
        ) {
            self.number = number
            self.origin = origin
            self.classification = classification
            self.channel = channel
            self.language = language
            self.requester = requester
            self.intake = intake
            self.entry = entry
            self.client = client
        }
    }
}
