import DeskTestSupport
import JSON
import Postgres
import PostgresTestSupport
import Secrets
import Testing

/// Somebody at a shell with the built `deskctl` and the settings of the test's desk.
struct Operator {
    static let masterKey = "test:\(Base64.encode(Array(repeating: 7, count: 32)))"

    let environment: [String: String]

    /// At the desk on the database of the test that is running.
    init(_ others: [String: String] = [:]) throws {
        let own = ["MERIDIAN_DATABASE": try TestDatabase.own.connection.text, "MERIDIAN_SECRET": Self.masterKey]
        environment = own.merging(others) { _, given in given }
    }

    /// At a shell in which just this is set.
    init(only environment: [String: String]) { self.environment = environment }

    /// Runs a command.
    func run(_ words: String..., input: [UInt8]? = nil) async throws -> BuiltProgram.Answer {
        try await BuiltProgram("deskctl").run(words, environment: environment, input: input)
    }

    /// Runs a command that is to succeed and prints JSON; nothing else may stand on its standard output.
    func json(_ words: String...) async throws -> JSON {
        let answer = try await BuiltProgram("deskctl").run(words + ["--json"], environment: environment)
        #expect(answer.status == 0 && answer.errors.isEmpty, "\(words): \(answer.status ?? -1) \(answer.errorText)")
        return try JSON.parse(answer.text)
    }

    /// Runs a command that is to fail: with this status of sysexits.h, nothing on standard output, and on standard
    /// error what was wrong and what to try. Gives back the standard error.
    @discardableResult
    func fault(
        _ status: Int32, _ words: String..., input: [UInt8]? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let answer = try await BuiltProgram("deskctl").run(words, environment: environment, input: input)
        #expect(answer.status == status, "\(words): \(answer.errorText)", sourceLocation: sourceLocation)
        #expect(answer.output.isEmpty, sourceLocation: sourceLocation)
        #expect(answer.errors.first?.hasPrefix("deskctl: ") == true, sourceLocation: sourceLocation)
        #expect(answer.errors.contains { $0.hasPrefix("Try: ") }, "\(answer.errorText)", sourceLocation: sourceLocation)
        return answer.errorText
    }
}
