import Moments

extension SupplierNews {
    /// What can be learned of a ticket, the notes first, each in the order in which it was written.
    ///
    /// - Parameter own: whether a note is one that we wrote there.
    public static func all(
        of ticket: TroubleTicket, except own: (TroubleTicket.Note) -> Bool = { $0.source == .buyer }
    ) -> [SupplierNews] {
        guard let id = ticket.id else { return [] }
        let key = ticket.exchange.map { ExchangeKey.id($0) } ?? .remote(id)
        let notes = ticket.notes.enumerated().compactMap { place, note -> SupplierNews? in
            guard !own(note), !note.isInternal else { return nil }
            let name = note.id ?? "\(place)"
            return SupplierNews(
                "tmf:\(id):note:\(name)",
                SupplierStatement(key, .noted(String(note.text.prefix(20_000))), item: note.id))
        }
        guard let word = ticket.status else { return notes }
        let since = ticket.statusChangeDate ?? ticket.statusChanges.last?.date
        // The buyer cancels and reopens, and says why (MEF 124).
        let isOurs = [.reopened, .assessingCancellation].contains(TroubleTicketStatus(spelled: word))
        let reason = ticket.statusChangeReason.flatMap { reason in
            isOurs || ticket.notes.contains { own($0) && $0.text == reason } ? nil : String(reason.prefix(20_000))
        }
        let state = SupplierNews(
            "tmf:\(id):status:\(word):\(since?.rfc3339 ?? "")",
            SupplierStatement(key, .stated(String(word.prefix(100)), text: reason)))
        return notes + [state]
    }
}
