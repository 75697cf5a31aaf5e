import Testing

extension RunningDesk {
    /// One ticket that comes by mail and one that another program asks for, side by side, to their end.
    func playTwo(mail: [UInt8], waitsForWarning: Bool = false) async throws {
        async let byMail = play(waitsForWarning) { try await Journey.begin(by: mail, on: self) }
        async let byRequest = play(waitsForWarning) { try await Journey.begin(byRequest: "journey-1", on: self) }
        try await Verdict(desk: self, journeys: [byMail, byRequest]).check()
    }

    private func play(_ waitsForWarning: Bool, begin: () async throws -> Journey) async throws -> Journey {
        let journey = try await begin()
        try await journey.play(waitsForWarning: waitsForWarning)
        return journey
    }
}
