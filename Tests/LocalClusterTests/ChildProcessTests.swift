import Dispatch
import Foundation
import Glibc
import Synchronization
import Testing

@testable import LocalCluster

@Suite("A started program")
struct ChildProcessTests {
    /// Runs a shell script to its end.
    private func run(_ script: String, user: SystemUser? = nil) async throws -> (ChildEnd, [String], [String]) {
        let heard = Mutex<(output: [String], error: [String])>(([], []))
        let program = ChildProgram("/bin/sh", ["-c", script], environment: ["PATH": "/usr/bin:/bin"], user: user)
        let status = try await ChildProcess.start(program) { channel, line in
            heard.withLock { if channel == .output { $0.output.append(line) } else { $0.error.append(line) } }
        }.exit()
        return heard.withLock { (status, $0.output, $0.error) }
    }

    @Test("tells its lines, its errors and its status")
    func linesAndStatus() async throws {
        let (status, output, error) = try await run("echo one; echo two >&2; printf three; exit 7")
        #expect(status == .code(7))
        #expect(output == ["one", "three"])
        #expect(error == ["two"])
    }

    @Test("can write more than a pipe holds before it ends")
    func muchOutput() async throws {
        let (status, output, _) = try await run("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done")
        #expect(status.isSuccess)
        #expect(output.count == 20_000)
        #expect(output.last == "line 19999")
    }

    @Test("ends by the signal it is sent")
    func signal() async throws {
        let child = try await ChildProcess.start(ChildProgram("/bin/sleep", ["1000"]))
        #expect(child.status == nil)
        child.send(SIGTERM)
        #expect(await child.exit() == .signal(SIGTERM))
        child.send(SIGTERM)
        #expect(child.status == .signal(SIGTERM))
    }

    @Test("is not waited for longer than asked")
    func blockingWait() async throws {
        let child = try await ChildProcess.start(ChildProgram("/bin/sleep", ["1000"]))
        #expect(!child.blockUntilExit(milliseconds: 1))
        child.send(SIGKILL)
        #expect(child.blockUntilExit(milliseconds: 60_000))
        #expect(await child.exit() == .signal(SIGKILL))
    }

    @Test("leaves its end to us even when its own children keep the pipe")
    func orphanKeepsPipe() async throws {
        let (status, output, _) = try await run("sleep 1000 & echo $!")
        #expect(status.isSuccess)
        let orphan = try #require(output.first.flatMap { Int32($0) })
        kill(orphan, SIGKILL)
    }

    @Test("that does not exist is a sentence, not a status")
    func missing() async {
        let fault = await #expect(throws: ClusterFault.self) {
            try await ChildProcess.start(ChildProgram("/nonexistent/program"))
        }
        #expect(fault?.problem == "Cannot run /nonexistent/program: No such file or directory.")
    }

    @Test("that does not exist leaves nothing behind")
    func missingLeavesNothing() throws {
        #expect(ChildProgram("/nonexistent/program").spawn(output: -1, error: -1) == -ENOENT)
        // A child that never became another program still has our own name; those of other tests have theirs.
        let own = try #require(try processes().first { $0.id == getpid() })
        #expect(try !processes().contains { $0.parent == own.id && $0.name == own.name && $0.state == "Z" })
    }

    private func processes() throws -> [(id: pid_t, name: Substring, state: Substring, parent: pid_t)] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { folder in
            guard let id = pid_t(folder), let line = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
                let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")")
            else { return nil }
            let fields = line[close...].split(separator: " ")
            return (id, line[open...close], fields[1], pid_t(fields[2]) ?? 0)
        }
    }

    @Test("sees only the environment it is given")
    func environment() async throws {
        let heard = Mutex<[String]>([])
        let program = ChildProgram("/usr/bin/env", environment: ["WORD": "a b"])
        _ = try await ChildProcess.start(program) { _, line in heard.withLock { $0.append(line) } }.exit()
        #expect(heard.withLock { $0 } == ["WORD=a b"])
    }

    @Test("can be another user when we are root", .enabled(if: geteuid() == 0))
    func otherUser() async throws {
        let nobody = try #require(SystemUser(named: "nobody"))
        let (status, output, _) = try await run("id -un; id -Gn", user: nobody)
        #expect(status.isSuccess)
        #expect(output == ["nobody", "nogroup"])
    }

    @Test("gets its signal when who started it is gone", arguments: [nil, SystemUser(named: "nobody")])
    func deathSignal(user: SystemUser?) throws {
        guard user == nil || geteuid() == 0 else { return }
        let program = ChildProgram("/bin/sleep", ["1000"], user: user, signalAtOurDeath: SIGTERM)
        // The signal hangs on the thread that forks, so a thread's end is as good as a process's.
        let started = Mutex<Int32>(0)
        onPassingThread { started.withLock { $0 = program.spawn(output: -1, error: -1) } }
        let id = started.withLock { $0 }
        try #require(id > 0)
        var word: Int32 = 0
        #expect(waitpid(id, &word, 0) == id)
        #expect(ChildEnd(word: word) == .signal(SIGTERM))
    }

    private func onPassingThread(_ body: @escaping @Sendable () -> Void) {
        let done = DispatchSemaphore(value: 0)
        Thread.start {
            body()
            done.signal()
        }
        done.wait()
    }
}
