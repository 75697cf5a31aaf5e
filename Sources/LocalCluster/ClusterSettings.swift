/// How a private PostgreSQL is to run.
public struct ClusterSettings: Sendable {
    /// Folder of its data; made if it is missing.
    public var dataDirectory: String
    /// Folder of its Unix socket; made if it is missing. Who can enter it is superuser, so it is closed to others.
    public var socketDirectory: String
    /// Names the socket, and is the port on 127.0.0.1 where that is listened on.
    public var port: UInt16
    /// Whether it listens on 127.0.0.1 as well.
    public var listensOnLoopback: Bool
    /// Whether a commit survives a power cut. Off is for tests alone.
    public var isDurable: Bool
    /// Connections at once.
    public var maxConnections: Int
    /// Memory for pages, as PostgreSQL writes it.
    public var sharedBuffers: String
    /// Further settings of PostgreSQL by name.
    public var others: [String: String]
    /// What PostgreSQL gets when we die: 2 stops it cleanly, 3 at once.
    public var signalAtOurDeath: Int32

    /// Settings of a desk that is to last.
    public init(
        dataDirectory: String, socketDirectory: String, port: UInt16 = 5432, listensOnLoopback: Bool = false,
        isDurable: Bool = true, maxConnections: Int = 100, sharedBuffers: String = "128MB",
        others: [String: String] = [:], signalAtOurDeath: Int32 = 2
    ) {
        self.dataDirectory = dataDirectory
        self.socketDirectory = socketDirectory
        self.port = port
        self.listensOnLoopback = listensOnLoopback
        self.isDurable = isDurable
        self.maxConnections = maxConnections
        self.sharedBuffers = sharedBuffers
        self.others = others
        self.signalAtOurDeath = signalAtOurDeath
    }

    /// The words of the server's command line. They win over `postgresql.conf`, where everything else can be set.
    var serverArguments: [String] {
        var settings = [
            "unix_socket_directories": "\"\(socketDirectory.replacing("\"", with: "\"\""))\"",
            "unix_socket_permissions": "0700",
            "listen_addresses": listensOnLoopback ? "127.0.0.1" : "",
            "port": "\(port)",
            "max_connections": "\(maxConnections)",
            "shared_buffers": sharedBuffers,
            "logging_collector": "off",
            "log_destination": "stderr",
            "log_line_prefix": "",
            "lc_messages": "C",
        ]
        if !isDurable {
            for name in ["fsync", "synchronous_commit", "full_page_writes"] { settings[name] = "off" }
        }
        settings.merge(others) { _, other in other }
        return ["-D", dataDirectory]
            + settings.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
    }

    /// Where libpq finds a database of the server while it runs.
    public func connection(database: String, user: String) -> String {
        [("host", socketDirectory), ("port", "\(port)"), ("dbname", database), ("user", user)]
            .map { "\($0)='\($1.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'" }
            .joined(separator: " ")
    }
}
