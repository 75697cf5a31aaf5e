import Runtime

extension Command {
    static let up = Command(
        words: ["up"], summary: "Run the whole desk on this machine until it is told to stop",
        details: """
            Starts a PostgreSQL of its own in the data folder (unless MERIDIAN_DATABASE names one), the four programs of
            the desk, and with --example a supplier and a catcher for mail. What ends by itself is started again.
            Ctrl-C or SIGTERM stops everything in order, a second one at once.

            On a database of yours each program signs in under its own role (meridian_intake, meridian_routing,
            meridian_supplier, meridian_reporting) if the server lets it in: trusted by pg_hba.conf, or with a password
            that you gave the role and wrote into ~/.pgpass. A program whose role is not let in signs in as you do.
            """,
        options: [
            .value("--data", "DIR", "the folder of everything that is to last (/var/lib/meridian, or in your home)"),
            .flag("--example", "with the example organisation, its supplier and a catcher for its mail"),
            .value("--ports-from", "N", "listen on N and the ports after it, not on 8080, 8081, 2424, 9101 to 9104"),
        ],
        run: { try await UpRun(plan: UpPlan($0)).run() })
}
