import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Synchronization
import TallyTestSupport
import Testing

@Suite("A worker that takes one step at a time", .database(template: .queue), .timeLimit(.minutes(5)))
struct JobStepperTests {
    private let queue: TestQueue
    private let time = ManualTime(TestQueue.start)
    private let tally = Tally<Int>()

    init() throws { queue = try TestQueue() }

    /// A worker with a lease of half a minute; its first attempts fail if so many are to.
    private func stepper(failing: Int = 0) async throws -> JobStepper {
        let left = Mutex(failing)
        var registry = JobRegistry()
        registry.handler(for: Note.self) { [tally] note, _ in
            let fails = left.withLock { left in
                left -= 1
                return left >= 0
            }
            if fails { throw Failure() }
            tally.note(note.number)
            return .done
        }
        registry.handler(for: Memo.self) { [tally] memo, _ in
            tally.note(-memo.number)
            return .done
        }
        var settings = JobWorkerSettings(name: "step by step")
        (settings.now, settings.lease, settings.chance) = ({ [time] in time.now }, TestQueue.lease, { .max / 3 })
        let stepper = JobStepper(registry, database: queue.database, settings: settings)
        try await stepper.begin()
        return stepper
    }

    private struct Failure: Error {}

    @Test("Jobs are done one at a time, the urgent ones first, and none before it is due")
    func order() async throws {
        try await queue.leave(Memo(number: 1))
        for number in 1...2 { try await queue.leave(Note(number: number)) }
        try await queue.leave(Note(number: 3), at: TestQueue.start + .seconds(5))
        let stepper = try await stepper()
        var kinds: [JobKind] = []
        while let kind = try await stepper.step() { kinds.append(kind) }
        #expect(kinds == [Note.kind, Note.kind, Memo.kind] && tally.elements == [1, 2, -1])
        time.advance(by: .seconds(5))
        #expect(try await stepper.step() == Note.kind)
        #expect(tally.elements == [1, 2, -1, 3])
        #expect(try await queue.states().isEmpty)
    }

    @Test("With the same source of chance a failed job waits for the same time")
    func chance() async throws {
        for number in 1...2 { try await queue.leave(Note(number: number)) }
        let stepper = try await stepper(failing: 2)
        for _ in 1...2 { #expect(try await stepper.step() == Note.kind) }
        #expect(try await stepper.step() == nil)
        let due = try await queue.database.all("select due from jobs.job", as: Moment.self)
        #expect(due.count == 2 && due[0] == due[1] && due[0] > TestQueue.start)
        time.advance(to: due[0])
        #expect(try await stepper.step() == Note.kind)
    }

    @Test("What a worker left lying is done by another once the lease is over")
    func dropped() async throws {
        try await queue.leave(Note(number: 1))
        #expect(try await stepper().claimNext() != nil)
        let other = try await stepper()
        #expect(try await other.rescue() == 0)
        #expect(try await other.step() == nil)
        time.advance(by: TestQueue.lease)
        let third = try await stepper()
        #expect(try await third.rescue() == 1)
        #expect(try await third.step() == Note.kind)
        #expect(tally.elements == [1])
    }

    @Test("Each of two workers holds a job of its own, whichever of them does his first")
    func twoHolders() async throws {
        for number in 1...3 { try await queue.leave(Note(number: number)) }
        let (one, other) = (try await stepper(), try await stepper())
        let first = try #require(try await one.claimNext())
        let second = try #require(try await other.claimNext())
        await other.run(second)
        #expect(try await other.step() == Note.kind)
        #expect(try await other.claimNext() == nil)
        await one.run(first)
        #expect(tally.elements == [2, 3, 1])
        #expect(try await queue.states().isEmpty)
    }

    @Test("A worker that goes on after its lease settles nothing of what another has")
    func late() async throws {
        try await queue.leave(Note(number: 1))
        let late = try await stepper(failing: 1)
        let held = try #require(try await late.claimNext())
        time.advance(by: TestQueue.lease)
        let other = try await stepper()
        #expect(try await other.rescue() == 1)
        let again = try #require(try await other.claimNext())
        await late.run(held)
        #expect(try await queue.states().count == 1)
        await other.run(again)
        #expect(tally.elements == [1])
        #expect(try await queue.states().isEmpty)
    }
}
