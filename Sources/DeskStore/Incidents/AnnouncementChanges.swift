import Desk
public import Foundation
import Moments
public import Postgres

/// Why an announcement cannot be changed.
public enum UnfitAnnouncement: Error, Equatable, CustomStringConvertible {
    /// It is over.
    case over
    /// Its words have changed since they were read; they are now at this revision.
    case changed(revision: Int64)
    /// It stands in these languages too: in them it would go on to say what was said before.
    case leavesOut([String])

    public var description: String {
        switch self {
        case .over: "The announcement is over. Announce the major incident anew."
        case .changed: "The announcement has changed since you read it. Look at it again, then repeat the change."
        case .leavesOut(let languages):
            "The announcement has words in \(languages.joined(separator: ", ")) too. Change them with the others."
        }
    }
}

extension DeskStore {
    /// Tells of a major incident in other words from here on. What was said before stays in the log of the ticket.
    ///
    /// - Parameters:
    ///   - words: in every language that the announcement has; others may come to them.
    ///   - revision: which words the asker has read.
    /// - Returns: the announcement after it; nil where these eyes see none.
    /// - Throws: `UnfitAnnouncement`, `Refusal`, `DatabaseError`.
    public func change(
        _ announcement: UUID, to words: [String: Announcement.Words], from revision: Int64, _ recording: Recording,
        using transaction: borrowing Transaction
    ) async throws -> AnnouncementView? {
        guard let (before, ticket) = try await held(announcement, at: revision, using: transaction) else { return nil }
        let left = before.words.keys.filter { words[$0] == nil }.sorted()
        if !left.isEmpty { throw UnfitAnnouncement.leavesOut(left) }
        if words == before.words {
            throw Refusal(reason: .changesNothing, state: ticket.state, event: .announcementChanged)
        }
        try await transaction.write(words, of: before.id)
        try await transaction.run("update announcement set revision = revision + 1 where id = \(before.id)")
        try await record(on: ticket.id, recording.telling(words, in: ticket.language), using: transaction) {
            .announcementChanged(at: before.site, words: $0.words)
        }
        return try await transaction.announcement(announcement)
    }

    /// The doors tell no more of a major incident, at the site of one announcement; it goes on, and whoever joined it
    /// is told when it is over.
    ///
    /// - Returns: the announcement after it; nil where these eyes see none.
    /// - Throws: `UnfitAnnouncement`, `Refusal`, `DatabaseError`.
    public func end(
        _ announcement: UUID, from revision: Int64, _ recording: Recording, using transaction: borrowing Transaction
    ) async throws -> AnnouncementView? {
        guard let (before, ticket) = try await held(announcement, at: revision, using: transaction) else { return nil }
        try await transaction.run(
            "update announcement set until = \(now), revision = revision + 1 where id = \(before.id)")
        try await record(on: ticket.id, recording, using: transaction) { _ in .announcementEnded(at: before.site) }
        return try await transaction.announcement(announcement)
    }

    /// An announcement that holds, with its ticket, which is held against other changes and so holds it too.
    private func held(
        _ announcement: UUID, at revision: Int64, using transaction: borrowing Transaction
    ) async throws -> (AnnouncementView, Ticket)? {
        guard let seen = try await transaction.announcement(announcement),
            let ticket = try await transaction.hold(seen.ticket)?.ticket,
            let held = try await transaction.announcement(announcement)
        else { return nil }
        if held.until != nil { throw UnfitAnnouncement.over }
        if held.revision != revision { throw UnfitAnnouncement.changed(revision: held.revision) }
        return (held, ticket)
    }
}

extension Recording {
    /// The same with the words of an announcement as a note, where they stay when others follow.
    ///
    /// - Parameter language: which of them stand for all, where they were written in it.
    func telling(_ words: [String: Announcement.Words], in language: String) -> Recording {
        var recording = self
        // What came before in the same transaction was held against it.
        recording.expecting = nil
        let texts = words.mapValues { "\($0.title)\n\n\($0.text)" }
        recording.note = Note(texts.language(for: language).flatMap { texts[$0] } ?? "", visibility: .internal)
        recording.note?.translations = Translations(texts)
        return recording
    }
}

extension Occasion {
    /// The entry that keeps the words of an announcement.
    var words: EntryID {
        guard let entry else { preconditionFailure("the words were written with the event") }
        return entry
    }
}

extension Transaction {
    /// Writes the words of an announcement, in place of those that it had in the same languages.
    borrowing func write(_ words: [String: Announcement.Words], of announcement: Int64) async throws {
        for (language, words) in words.sorted(by: { $0.key < $1.key }) {
            try await run(
                """
                insert into announcement_text (announcement, language, title, text)
                values (\(announcement), \(language), \(words.title), \(words.text))
                on conflict (announcement, language) do update set title = excluded.title, text = excluded.text
                """)
        }
    }
}
