import DeskTestSupport
import Dispatch
import Foundation
import Intake
import Mail
import PostgresTestSupport
import Runtime
import Synchronization
import Testing

@Suite("Large mails", .database(template: TestDesk.template))
struct LargeMailTests {
    /// What the desk said, in that order.
    private final class Answers: Sendable {
        let all = Mutex<[String]>([])

        func add(_ answer: String) { all.withLock { $0.append(answer) } }
    }

    @Test("While a large mail is read, others on the same event loop are taken: it is read on a thread of its own")
    func others() async throws {
        let offload = Offload(width: 1)
        let door = try TestMailDoor(offload: offload)
        let release = DispatchSemaphore(value: 0)
        let answers = Answers()
        let file = Data(count: MailDoor.large).base64EncodedString(options: [.lineLength64Characters])
        try await TestDatabase.loops.next().run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                // The only thread that reads large mails is busy until it is let go.
                group.addTask { try await offload.run { release.wait() } }
                defer { release.signal() }
                group.addTask {
                    let mail = TestMailDoor.mail("large", "Content-Transfer-Encoding: base64\n", text: file)
                    let answer = try await door.deliver(mail)
                    answers.add("large: \(answer)")
                }
                for number in 1...3 {
                    let mail = TestMailDoor.mail("small-\(number)", from: "small\(number)@customer.example")
                    let answer = try await door.deliver(mail)
                    answers.add("small: \(answer)")
                }
                #expect(answers.all.withLock { $0.allSatisfy { $0.hasPrefix("small: 250") } })
                release.signal()
                try await group.waitForAll()
            }
        }
        #expect(answers.all.withLock(\.count) == 4)
        #expect(answers.all.withLock { $0.last?.hasPrefix("large: 250") } == true)
    }
}
