import Desk
import DeskStore
import Moments
import SeedTestSupport

/// What is asked of suppliers and of other teams.
extension Simulation {
    func ask(_ act: Act, about ticket: Ticket) async throws {
        switch act {
        case .refer:
            let supplier = try await anySupplier()
            try await record(on: ticket, saying: "Please mend it.") { .referred(supplier, note: try $0.words()) }
        case .recall, .answerSupplier:
            let waiting = ticket.sharings.filter { act == .recall || $0.waitsForDesk }.map(\.supplier)
            guard let supplier = waiting.randomElement(using: &random) ?? ticket.suppliers.first else {
                throw Nobody()
            }
            try await record(on: ticket, saying: "The third one.") { occasion in
                act == .recall
                    ? .recalled(supplier, note: try occasion.words())
                    : .supplierAnswered(supplier, note: try occasion.words())
            }
        case .inquire:
            let addressee = try await addressee()
            try await record(on: ticket, saying: "Is this known?") { .inquired(addressee, question: try $0.words()) }
        default:
            guard let inquiry = ticket.undertakings.inquiries.randomElement(using: &random) else { throw Nobody() }
            guard act == .answerInquiry else {
                return try await record(on: ticket) { _ in .inquiryWithdrawn(question: inquiry.question) }
            }
            var answering: PersonID?
            if case .team(let place) = inquiry.addressee { answering = try await agent(of: place.team).person }
            try await record(on: ticket, saying: "It is.", as: answering) {
                .inquiryAnswered(question: inquiry.question, answer: try $0.words())
            }
        }
    }

    private func anySupplier() async throws -> SupplierID {
        let directory = try await world.intake.directory()
        let codes = directory.organisation.suppliers.map(\.code)
        guard let supplier = codes.randomElement(using: &random).flatMap({ directory.suppliers[$0] }) else {
            throw Nobody()
        }
        return supplier
    }

    private func addressee() async throws -> Inquiry.Addressee {
        if Bool.random(using: &random) { return .supplier(try await anySupplier()) }
        return .team(try await target().place)
    }
}
