extension RunningDesk {
    /// One ticket that comes by mail and one that another program asks for, side by side, to their end.
    ///
    /// - Parameter round: tells the requests of this time from those of others.
    func playTwo(round: Int = 0, waitsForWarning: Bool = false) async throws -> [Journey] {
        let mail = try MailSender.message(round)
        async let byMail = play(waitsForWarning) { try await Journey.begin(by: mail, on: self) }
        async let byRequest = play(waitsForWarning) { try await Journey.begin(byRequest: "journey-\(round)", on: self) }
        return try await [byMail, byRequest]
    }

    private func play(_ waitsForWarning: Bool, begin: () async throws -> Journey) async throws -> Journey {
        let journey = try await begin()
        try await journey.play(waitsForWarning: waitsForWarning)
        return journey
    }
}
