import Testing

@testable import Postgres

@Suite("Notifications that wait to be sent")
struct OutboxTests {
    private func news(_ payloads: String...) -> Set<Notification> {
        Set(payloads.map { Notification(channel: "job", payload: $0) })
    }

    @Test("have one sender at a time, who takes together what gathered meanwhile, equal ones once")
    func gathers() {
        let outbox = Outbox()
        #expect(outbox.put(news("a")))
        #expect(outbox.take() == news("a"))
        // The first are on their way.
        #expect(!outbox.put(news("b", "c")))
        #expect(!outbox.put(news("b", "d")))
        #expect(outbox.take() == news("b", "c", "d"))
        #expect(outbox.take() == nil)
        #expect(outbox.put(news("a")), "whoever comes next sends")
    }

    @Test("need no sender where there are none")
    func nothing() async {
        let outbox = Outbox()
        #expect(!outbox.put([]))
        await outbox.untilEmpty()
    }

    @Test("are waited for until the last is sent")
    func untilEmpty() async {
        let outbox = Outbox()
        #expect(outbox.put(news("a")))
        await withTaskGroup(of: String.self) { group in
            group.addTask {
                await outbox.untilEmpty()
                return "empty"
            }
            while !outbox.isWaitedFor { await Task.yield() }
            #expect(outbox.take() == news("a"))
            #expect(outbox.isWaitedFor, "what was taken is not sent yet")
            #expect(outbox.take() == nil)
            #expect(await group.next() == "empty")
        }
    }
}
