public import Desk
public import Jobs
import Moments
import Postgres

/// What the page of a queue shows, read in one round trip.
public struct Worklist: Sendable {
    /// The most urgent and longest waiting first.
    public let tickets: [TicketSummary]
    /// What the reader says of himself.
    public let availability: Availability
    public let announcements: [Announcement]
    /// The letters that wait for longer than they should; nil where there are none, or nobody asked.
    public let waitingLetters: JobBacklog?
    /// The mail that is parked; nil where there is none, or nobody asked.
    public let parkedMail: ParkedMailCount?
    /// The mail about which the reader may decide whether it goes on with somebody else's ticket;
    /// nil where there is none.
    public let claims: WaitingClaims?
}

extension DeskStore {
    /// What there is to do, for whoever looks.
    ///
    /// - Parameters:
    ///   - letters: whether he is told of letters that do not go out.
    ///   - parked: whether he is told of mail that is parked.
    public func worklist(
        for person: PersonID, _ filter: TicketFilter, after last: WorkloadPlace?, limit: Int, letters: Bool,
        parked: Bool,
        seeing sight: Sight
    ) async throws -> Worklist {
        let now = now
        var batch = Batch()
        let tickets = batch.all(.workload(filter, after: last, limit: limit))
        let availability = Availability.asked(of: person, at: now, in: &batch)
        let announcements = Announcement.asked(in: &batch)
        let claims = WaitingClaims.asked(in: &batch)
        let parkedMail = parked ? ParkedMailCount.asked(in: &batch) : .known(nil)
        let waiting: Pending<JobBacklog?> =
            letters
            ? JobLedger.backlog(of: SendLetter.queue, before: now - Self.lettersGoWithin, in: &batch) : .known(nil)
        let answers = try await ask(batch, seeing: sight)
        return Worklist(
            tickets: try answers[tickets], availability: try answers[availability],
            announcements: try answers[announcements], waitingLetters: try answers[waiting],
            parkedMail: try answers[parkedMail], claims: try answers[claims])
    }
}
