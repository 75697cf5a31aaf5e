import Desk
import DeskStore
import DeskTestSupport
import Runtime

extension Journey {
    /// An agent answers the supplier's question, once.
    func answerSupplier() async throws {
        let store = DeskStore(desk.database, timekeeper: SystemTime(), zones: TestDesk.zones)
        guard let number = TicketNumber(number), let agent = try await store.person(at: "femke.smit@norrsken.example")
        else { throw HarnessFault("The example has no agent Femke Smit, or \(number) is no ticket's number.") }
        let note = Note("Since Monday, on the third floor.", visibility: .internal)
        try await store.record(on: number, seeing: .desk, Recording(by: .person(agent.id), note: note)) { occasion in
            guard let supplier = occasion.directory.suppliers[self.supplier], let entry = occasion.entry else {
                throw HarnessFault("The organisation has no supplier \(self.supplier).")
            }
            return .supplierAnswered(supplier, note: entry)
        }
    }
}
