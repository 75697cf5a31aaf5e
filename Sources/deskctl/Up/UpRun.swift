import Foundation
import HTTP
import LocalCluster
import Moments
import Runtime
import Sockets
import Synchronization

/// Carries out the plan of `deskctl up`.
struct UpRun: Sendable {
    let plan: UpPlan

    func run() async throws -> ExitStatus {
        var reader = SettingsReader { [plan] in plan.environment[$0] }
        let read = CommonSettings(from: &reader)
        let common = try reader.finish { read }
        try plan.checkPrograms()
        try plan.ports.checkFree(withExample: plan.isExample)
        let lock = try hold()
        defer { lock.release() }

        let fault = Mutex<(any Error)?>(nil)
        let status = await Launch.serve(program: Self.program, common: common) { resources in
            do {
                return try await services(common, resources)
            } catch {
                fault.withLock { $0 = error }
                throw error
            }
        }
        if let fault = fault.withLock({ $0 }) { throw fault }
        return status
    }

    private static let program = Program("deskctl", Command.up.summary)

    /// Makes the folder and takes it for this process.
    private func hold() throws -> FolderLock {
        do {
            try FileManager.default.createDirectory(atPath: plan.folder.path, withIntermediateDirectories: true)
        } catch {
            throw CommandFault(
                "the folder \(plan.folder.path) cannot be made.", advice: "name a folder you may write with --data.",
                status: .cannotCreate)
        }
        if let lock = try FolderLock(plan.folder.path) { return lock }
        throw CommandFault(
            "a desk already runs on the data in \(plan.folder.path).", advice: "stop it first, or name another --data.",
            status: .unavailable)
    }

    /// Everything that runs, in the order in which each may use those before it; it is stopped from the last on.
    private func services(_ common: CommonSettings, _ resources: Launch.Resources) async throws -> [any Service] {
        let begun = resources.time.now
        let merged = MergedLog(format: common.logFormat, level: common.logLevel)
        var services: [any Service] = []
        var cluster: ClusterService?
        if plan.database == nil {
            let own = try await ClusterService.start(plan.folder.cluster, merged: merged, log: resources.log)
            try await own.makeDatabase(UpFolder.databaseName, loops: resources.loops)
            services.append(own)
            cluster = own
        }
        try MasterKeyFile.make(plan.folder.masterKey)
        let children = plan.children { cluster?.connection(database: UpFolder.databaseName, user: $0) ?? "" }
        services += children.map {
            SupervisedProgram(child: $0, merged: merged, log: resources.log, time: resources.time)
        }
        let client = HTTPClient(
            loops: resources.loops, resolver: Resolver(offload: resources.offload), tls: try TLSContext(), rules: nil)
        services.append(
            UpGreeting(
                plan: plan, children: children, probe: ReadinessProbe(client: client, time: resources.time),
                log: resources.log, begun: begun, format: common.logFormat))
        return services
    }
}
