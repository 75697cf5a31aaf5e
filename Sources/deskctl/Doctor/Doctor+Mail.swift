import DeskStore
import Jobs
import Moments
import Runtime

extension Doctor {
    /// Whether letters wait. Without a smarthost none is dropped, so nobody but the queue would tell.
    func lettersOut() async throws -> String {
        let isSet = !["MERIDIAN_SMTP", "MERIDIAN_SMTP_FILE"].allSatisfy { (connection.settings[$0] ?? "").isEmpty }
        guard let late = try await store.waitingLetters() else {
            return isSet
                ? "no letter waits longer than 5 minutes"
                : "no letter waits longer than 5 minutes; MERIDIAN_SMTP is not set here, and routing-worker needs it"
        }
        let advice =
            isSet
            ? "Look into the log of routing-worker, and whether the server that MERIDIAN_SMTP names takes mail"
            : "MERIDIAN_SMTP is not set here: set it for routing-worker. Nothing is dropped meanwhile"
        let number = late.isBounded ? "\(late.count) or more" : "\(late.count)"
        throw Trouble("letters wait since \(late.since.rfc3339): \(number). \(advice)")
    }
}

extension Doctor {
    /// Whether mail is parked: nobody but an operator sees it, and whoever wrote it waits.
    func parkedMail() async throws -> String {
        guard let parked = try await store.parkedMailCount() else { return "no mail is parked" }
        let number = parked.count < ParkedMailCount.most ? "\(parked.count)" : "\(parked.count) or more"
        throw Trouble(
            "mail is parked since \(parked.since.rfc3339): \(number). deskctl mail parked tells whose it is, and "
                + "deskctl mail release makes tickets of it; the limit is process.mails_per_sender of the organisation")
    }
}
