import Jobs
import Postgres
import Testing

extension RealProcessTests {
    @Suite("A worker is killed with jobs in its hand, and nobody helps")
    struct LeftAloneTests {
        @Test(
            "When its lease is over its jobs are taken back by whoever lives, and the journeys finish, each once",
            arguments: [ProgramName.routingWorker, .supplierWorker])
        func takenBack(_ program: ProgramName) async throws {
            try await RunningDesk.run(fault: (program, JobPoint.claimed.rawValue), isLeftAlone: true) { desk in
                try await Verdict(desk: desk, journeys: desk.playTwo()).check()
                #expect(desk.programs[program]?.starts == 2)
                // The worker that was killed is struck off, so it is one life of each program that is left.
                let lives = try await desk.database.all("select name from jobs.worker order by 1", as: String.self)
                #expect(lives == ["routing-worker", "supplier-worker"])
            }
        }
    }
}
