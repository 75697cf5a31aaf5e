import Glibc
public import Runtime

extension SettingsReader {
    /// The settings by which a program reaches its database: `…_DATABASE`, `…_DATABASE_DIRECT`, `…_DATABASE_PREPARED`
    /// and `…_POOL`. Nil if there is a fault.
    ///
    /// - Parameter program: what the connections are called in `pg_stat_activity`, where the most that the process may
    ///   open and the process itself follow, so that what all processes may open can be added up.
    public mutating func database(prefix: String = "MERIDIAN", program: String) -> DatabaseConfiguration? {
        let kind = "a libpq connection string, such as postgresql://user@host/name"
        let connection = secret(
            "\(prefix)_DATABASE", "The PostgreSQL database, as a libpq URI or keywords; several hosts are allowed.",
            kind,
            ConnectionString.init)
        let direct = secret(
            "\(prefix)_DATABASE_DIRECT", isRequired: false,
            "The same database without a pooler in between, for listening and migrations.", kind, ConnectionString.init)
        let prepares = flag(
            "\(prefix)_DATABASE_PREPARED", default: true,
            "Whether statements are prepared once for each connection; no behind PgBouncer older than 1.21.")
        let poolSize = read(
            "\(prefix)_POOL", default: 8, "The most connections at a time, one for listening aside.",
            "a whole number from 1 to 1000"
        ) { text in Int(text).flatMap { (1...1_000).contains($0) ? $0 : nil } }
        guard let connection else { return nil }
        var configuration = DatabaseConfiguration(connection)
        configuration.directConnection = direct
        configuration.usesPreparedStatements = prepares
        configuration.poolSize = poolSize
        configuration.programName = DatabaseConfiguration.name(of: program, poolSize: poolSize)
        return configuration
    }
}

extension DatabaseConfiguration {
    /// At most 63 bytes of it are kept by the server; the name of a machine may lose its end.
    static func name(of program: String, poolSize: Int) -> String {
        var host = [CChar](repeating: 0, count: 256)
        gethostname(&host, host.count - 1)
        let name = String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        // One more than the pool, for listening.
        return "\(program) pool=\(poolSize + 1) \(getpid())@\(name)"
    }
}
