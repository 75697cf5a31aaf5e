import Glibc
import Runtime
import Sockets
import TallyTestSupport
import Testing

@Suite("A listener")
struct ListenerTests {
    private let local = ListenAddress.tcp(.v4(0x7F00_0001), port: 0)

    @Test("The system chooses a port, and a taken one is refused with its address")
    func ports() throws {
        let first = try Listener.bind(local)
        let port = try #require(first.address.port)
        #expect(port > 0)
        let error = #expect(throws: SystemError.self) { try Listener.bind(.tcp(.v4(0x7F00_0001), port: port)) }
        #expect(error?.code == EADDRINUSE)
        #expect(error?.description.contains("127.0.0.1:\(port)") == true)
    }

    @Test("Without an address it is reached through any address of the machine")
    func anyAddress() async throws {
        try await withServer(.tcp(nil, port: 0), handle: echo) { address in
            let stream = try await ByteStream.connect(.ip(.v4(0x7F00_0001), port: try #require(address.port)))
            try await stream.write("a")
            #expect(try await stream.read() == [97])
            #expect(stream.localAddress?.host == .v4(0x7F00_0001))
        }
    }

    @Test("The socket file of a dead program is replaced; that of a living one and any other file are not")
    func socketFiles() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("door.sock")
        do {
            let living = try Listener.bind(.unix(path))
            #expect(throws: SystemError.self) { try Listener.bind(.unix(path)) }
            #expect(link(path, folder.path("dead.sock")) == 0)
            _ = living
        }
        #expect(access(path, F_OK) != 0, "A listener takes its file along.")
        let replaced = try Listener.bind(.unix(folder.path("dead.sock")))
        #expect(replaced.address == .unix(folder.path("dead.sock")))
        close(open(folder.path("file"), O_CREAT | O_WRONLY, 0o600))
        #expect(throws: SystemError.self) { try Listener.bind(.unix(folder.path("file"))) }
        #expect(access(folder.path("file"), F_OK) == 0)
        #expect(throws: SystemError.self) { try Listener.bind(.unix("/" + String(repeating: "a", count: 200))) }
    }

    @Test("A thousand connections at a time are all served, spread over the loops")
    func many() async throws {
        let loops = Tally<String>()
        try await withServer { stream in
            loops.note(stream.loop.name)
            try await echo(stream)
        } _: { address in
            var streams: [ByteStream] = []
            for _ in 0..<1_000 { streams.append(try await ByteStream.connect(address)) }
            for (number, stream) in streams.enumerated() { try await stream.write("\(number)") }
            for (number, stream) in streams.enumerated().reversed() {
                #expect(try await stream.readExactly("\(number)".utf8.count) == Array("\(number)".utf8))
                stream.close()
            }
        }
        #expect(loops.elements.count == 1_000)
        #expect(Set(loops.elements).count == 2)
    }

    @Test("Descriptors that close and open all the time never mix up their connections")
    func churn() async throws {
        try await withServer(loops: 1) { stream in
            let bytes = try await stream.read()
            try await stream.write(bytes)
        } _: { address in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        for round in 0..<100 {
                            let stream = try await ByteStream.connect(address)
                            let word = Array("\(worker)/\(round)".utf8)
                            try await stream.write(word)
                            #expect(try await stream.readToEnd() == word)
                            stream.close()
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("No more connections are open at a time than allowed; the others wait their turn")
    func limited() async throws {
        let inside = Tally<Int>()
        let count = OpenCount()
        try await withServer(limit: 3) { stream in
            inside.note(count.change(by: 1))
            try await echo(stream)
            _ = count.change(by: -1)
        } _: { address in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        let stream = try await ByteStream.connect(address)
                        try await stream.write("a")
                        #expect(try await stream.read() == [97])
                        stream.close()
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(inside.elements.count == 30)
        #expect(inside.elements.allSatisfy { $0 <= 3 })
    }

    @Test("Told to stop, it refuses further callers at once and returns when the last connection has been handled")
    func stops() async throws {
        let loops = EventLoopGroup(count: 2)
        defer { loops.shutdown() }
        let order = Tally<String>()
        let listener = try Listener.bind(local)
        let address = listener.address
        let stop = StopSignal()
        let served = loops.next().spawn {
            try await listener.serve(on: loops, until: stop) { stream in
                guard let first = try? await stream.read(), !first.isEmpty else { return }
                stop.raise()
                let rest = try? await stream.read()
                order.note("handled \(rest?.count ?? -1)")
            }
            order.note("returned")
        }
        try await loops.next().run {
            let stream = try await ByteStream.connect(address)
            try await stream.write("a")
            await stop.wait()
            // The listener closes on its own loop, soon; until then a caller is still let in.
            while let late = try? await ByteStream.connect(address) { late.close() }
            try await stream.write("bc")
            _ = try await stream.readToEnd()
        }
        try await served.value
        #expect(order.elements == ["handled 2", "returned"])
    }

    @Test("Cancelled, it cancels those who handle connections")
    func cancelled() async throws {
        let loops = EventLoopGroup(count: 2)
        defer { loops.shutdown() }
        let order = Tally<String>()
        let listener = try Listener.bind(local)
        let address = listener.address
        let isInside = StopSignal()
        let served = loops.next().spawn {
            try await listener.serve(on: loops, until: StopSignal()) { stream in
                isInside.raise()
                do {
                    _ = try await stream.read()
                } catch {
                    order.note("\(type(of: error))")
                }
            }
        }
        try await loops.next().run {
            let stream = try await ByteStream.connect(address)
            await isInside.wait()
            served.cancel()
            #expect(try await stream.readToEnd().isEmpty)
        }
        try? await served.value
        #expect(order.elements == ["CancellationError"])
    }
}
