import DeskSchema
import Postgres
import Runtime

/// Keeps a program's database shut until the tables are there that the program needs. Doors that are open meanwhile
/// answer that the desk is away, and workers wait.
struct SchemaGate: Sendable {
    let database: Database
    private let resources: Launch.Resources
    private let programNumber: Int

    /// How long between two looks.
    private static let pause = Duration.seconds(1)

    /// Shuts the database.
    init(_ database: Database, programNumber: Int, _ resources: Launch.Resources) {
        (self.database, self.programNumber, self.resources) = (database, programNumber, resources)
        database.shut(because: "nobody has looked yet whether its tables are there")
    }

    /// Looks again and again until the tables are there.
    ///
    /// - Throws: `MigrationFault` where waiting cannot help: the tables are not those of this program.
    func open(until stop: StopSignal) async throws {
        while !stop.isRaised {
            _ = try await stop.untilRaised { [time = resources.time] in try await time.wait(for: Self.pause) }
            guard try await look(until: stop) else { continue }
            resources.log.info("the tables are there; work begins")
            return
        }
    }

    /// Looks once, and opens the database if the tables are there; whether they were.
    func look(until stop: StopSignal) async throws -> Bool {
        var configuration = database.configuration
        configuration.poolSize = 1
        let scout = Database(configuration, loops: resources.loops, log: resources.log)
        do {
            let isThere = try await look(with: scout, until: stop)
            await scout.close()
            return isThere
        } catch {
            await scout.close()
            throw error
        }
    }

    private func look(with scout: Database, until stop: StopSignal) async throws -> Bool {
        do {
            let migrator = Migrator(scout, migrations: deskSchema)
            let number = programNumber
            guard try await stop.untilRaised({ try await migrator.check(programNumber: number) }) != nil else {
                return false
            }
            database.open()
            return true
        } catch let error as DatabaseError where error.isTransient {
            database.shut(because: error.report)
            resources.log.warning("the database is away; waiting for it", ["err": .error(error)])
        } catch let fault as MigrationFault {
            guard case .missing = fault else { throw fault }
            database.shut(because: fault.description)
            resources.log.warning("the tables are not there yet; waiting for them", ["err": .error(fault)])
        }
        return false
    }
}
