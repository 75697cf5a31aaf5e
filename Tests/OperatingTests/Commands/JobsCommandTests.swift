import DeskStore
import DeskTestSupport
import JSON
import Jobs
import Postgres
import PostgresTestSupport
import Testing

@Suite("deskctl jobs", .database(template: TestDesk.template))
struct JobsCommandTests {
    private let desk: Operator

    init() throws { desk = try Operator() }

    private func leave() async throws -> String {
        let id = try await TestDatabase.current.transaction { (transaction: borrowing Transaction) in
            try await transaction.enqueue(SendLetter(letter: 7))
        }
        return try #require(id).description
    }

    @Test("The queue is told lane by lane, job by job, and one job with its arguments")
    func reading() async throws {
        let id = try await leave()
        let lane = try #require(await desk.json("jobs", "stats").array?.first { $0["queue"] == "mail" })
        #expect(lane["waiting"] == 1 && lane["dead"] == 0)
        let listed = try #require(await desk.json("jobs", "list", "--queue", "mail").array)
        #expect(listed.map { $0["id"]?.integer } == [Int64(id)] && listed[0]["kind"] == "letter.send")
        #expect(try await desk.json("jobs", "show", id)["arguments"]?.string?.contains("7") == true)
        #expect(try await desk.json("jobs", "dead").array?.isEmpty == true)
        #expect(try await desk.run("jobs", "stats").output[0].hasPrefix("queue"))
    }

    @Test("A job that was given up is listed with its reason, and tried again on demand")
    func retry() async throws {
        let id = try await leave()
        try await TestDatabase.current.run(
            "update jobs.job set state = 'dead', died_at = now(), reason = 'the moon' where id = \(Int64(id) ?? 0)")
        let dead = try #require(await desk.json("jobs", "dead").array)
        #expect(dead.count == 1 && dead[0]["reason"] == "the moon")
        let answer = try await desk.run("jobs", "retry", id)
        #expect(answer.status == 0 && answer.text == "Job \(id) is tried again.")
        #expect(try await desk.json("jobs", "show", id)["state"] == "ready")
    }

    @Test("Workers hear at once of a job that is tried again, although the command has ended by then")
    func told() async throws {
        let id = try await leave()
        let database = try TestDatabase.current
        await database.untilTold()
        var events = database.notifications(on: "meridian_jobs").makeAsyncIterator()
        #expect(await events.next() == .connected)
        #expect(try await desk.run("jobs", "retry", id).status == 0)
        let lane = try await database.first("select lane from jobs.job", as: Int.self)
        #expect(await events.next() == .notification(channel: "meridian_jobs", payload: "\(lane ?? 0)"))
    }

    @Test("A job is cancelled with its reason, and only once")
    func cancel() async throws {
        let id = try await leave()
        #expect(try await desk.run("jobs", "cancel", id, "--because", "the moon").text == "Job \(id) is cancelled.")
        let record = try await desk.json("jobs", "show", id)
        #expect(record["state"] == "cancelled" && record["reason"] == "the moon")
        #expect(try await desk.fault(65, "jobs", "cancel", id).contains("is cancelled; leave a new one"))
    }

    @Test("Limits are set, told and ended")
    func limit() async throws {
        let told = try await desk.json("jobs", "limit", "--queue", "supplier/acme", "--at-once", "2", "--rate", "9/60")
        #expect(told.array?.count == 1 && told.array?[0]["queue"] == "supplier/acme")
        #expect(told.array?[0]["at_once"] == 2 && told.array?[0]["rate"] == 9 && told.array?[0]["seconds"] == 60)
        #expect(try await desk.run("jobs", "limit").text.contains("9 in 60 s"))
        #expect(try await desk.json("jobs", "limit", "--queue", "supplier/acme", "--end").array?.isEmpty == true)
        #expect(try await desk.fault(65, "jobs", "limit", "--queue", "supplier", "--end").contains("has no limit"))
        #expect(try await desk.fault(64, "jobs", "limit", "--at-once", "2").contains("--queue takes"))
        #expect(try await desk.fault(64, "jobs", "limit", "--queue", "mail", "--rate", "9").contains("such as 100/60"))
    }

    @Test("Rules by which jobs leave their site are set, told and ended")
    func spill() async throws {
        _ = try await desk.json("jobs", "spill", "--queue", "supplier", "--after", "300")
        let told = try await desk.json("jobs", "spill", "--queue", "supplier", "--site", "OSL", "--resident")
        #expect(told.array?.map { $0["site"]?.string } == [nil, "OSL"])
        #expect(told.array?[0]["after_seconds"] == 300 && told.array?[0]["resident"] == false)
        #expect(told.array?[1]["resident"] == true)
        let shown = try await desk.run("jobs", "spill").text
        #expect(shown.contains("after 300 s") && shown.contains("never"))
        #expect(try await desk.json("jobs", "spill", "--queue", "supplier", "--end").array?.count == 1)
        #expect(try await desk.fault(65, "jobs", "spill", "--queue", "supplier", "--end").contains("no such rule"))
        #expect(try await desk.fault(64, "jobs", "spill", "--queue", "mail").contains("--queue takes one of"))
        #expect(try await desk.fault(64, "jobs", "spill", "--site", "OSL").contains("--queue takes one of"))
        #expect(try await desk.fault(64, "jobs", "spill", "--queue", "mail", "--after", "-1").contains("0 to 31536000"))
    }

    @Test("Schedules are listed with the last time whose job was left")
    func schedules() async throws {
        #expect(try await desk.json("jobs", "schedules").array?.isEmpty == true)
        try await TestDatabase.current.run(
            "insert into jobs.schedule (name, last) values ('each night', '2026-11-22 02:00Z')")
        let listed = try #require(await desk.json("jobs", "schedules").array)
        #expect(listed.count == 1 && listed[0]["name"] == "each night")
        #expect(listed[0]["last"]?.string?.hasPrefix("2026-11-22T02:00:00") == true)
        #expect(try await desk.run("jobs", "schedules").text.contains("each night"))
    }

    @Test("Queues are paused and resumed, and what is paused is told")
    func pause() async throws {
        _ = try await leave()
        #expect(try await desk.fault(66, "jobs", "pause", "--queue", "mial").contains("left of the queue mial"))
        #expect(try await desk.run("jobs", "pause", "--queue", "mail").text.contains("of the queue mail are not begun"))
        #expect(try await desk.run("jobs", "pause", "--site", "").text.contains("of every queue at no site"))
        let lane = try #require(await desk.json("jobs", "stats").array?.first { $0["queue"] == "mail" })
        #expect(lane["paused"] == true)
        #expect(try await desk.run("jobs", "stats").text.contains("paused"))
        let answer = try await desk.run("jobs", "resume", "--queue", "mail")
        #expect(
            answer.output == [
                "Jobs of the queue mail are resumed.", "Jobs of every queue at no site are still paused.",
            ])
        #expect(try await desk.run("jobs", "resume").status == 0)
        #expect(try await desk.fault(65, "jobs", "resume").contains("were not paused"))
    }

    @Test("A job that is not there, a word that is no number and a state that is none are refused")
    func faults() async throws {
        #expect(try await desk.fault(66, "jobs", "show", "99").contains("there is no job 99"))
        #expect(try await desk.fault(64, "jobs", "show", "letter").contains("\"letter\" is no number of a job"))
        #expect(try await desk.fault(64, "jobs", "list", "--state", "asleep").contains("Try: one of ready, "))
        #expect(try await desk.fault(65, "jobs", "retry", "99").contains("there is no job 99"))
    }
}
