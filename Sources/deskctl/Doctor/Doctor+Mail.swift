import DeskStore
import Jobs
import Moments
import Runtime

extension Doctor {
    /// Whether letters wait. Without a smarthost none is dropped, so nobody but the queue would tell.
    func lettersOut() async throws -> String {
        let isSet = !["MERIDIAN_SMTP", "MERIDIAN_SMTP_FILE"].allSatisfy { (connection.settings[$0] ?? "").isEmpty }
        let trouble = try await store.smarthostTrouble()
        if let late = try await store.waitingLetters() {
            let advice =
                isSet
                ? "Look into the log of routing-worker, and whether the server that MERIDIAN_SMTP names takes mail"
                : "MERIDIAN_SMTP is not set here: set it for routing-worker. Nothing is dropped meanwhile"
            let number = late.isBounded ? "\(late.count) or more" : "\(late.count)"
            let reason = trouble.map { ". Since \($0.since.rfc3339) \($0.reason)" } ?? ""
            throw Trouble("letters wait since \(late.since.rfc3339): \(number)\(reason). \(advice)")
        }
        if let trouble, store.timekeeper.now.duration(since: trouble.since) > DeskStore.lettersGoWithin {
            throw Trouble(
                "no mail goes out since \(trouble.since.rfc3339): \(trouble.reason). See to the server that "
                    + "MERIDIAN_SMTP of routing-worker names, or to the setting. Nothing is dropped meanwhile")
        }
        let told = [
            "no letter waits longer than 5 minutes", try await putOff(),
            isSet ? nil : "MERIDIAN_SMTP is not set here, and routing-worker needs it",
        ]
        return told.compactMap(\.self).joined(separator: "; ")
    }

    /// What other servers refused for now, which is theirs to explain and no trouble of the desk.
    private func putOff() async throws -> String? {
        try await store.deliveriesPutOff().map { waiting in
            "tried again later, the oldest since \(waiting.since.rfc3339): \(waiting.count), "
                + "such as \"\(waiting.reply)\""
        }
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
