import Testing

@testable import LocalCluster

@Suite("Finding PostgreSQL")
struct PostgresBinariesTests {
    @Test(
        "reads the version of every distribution",
        arguments: [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15), ("postgres (PostgreSQL) 17.2", 17),
            ("postgres (PostgreSQL) 18beta1", 18), ("postgres (PostgreSQL) 9.6.24", 9), ("something else", nil),
        ])
    func version(line: String, major: Int?) {
        #expect(PostgresBinaries.major(in: line) == major)
    }

    @Test("finds what is installed, even with nothing on the path")
    func installed() async throws {
        let found = try await PostgresBinaries.find(environment: [:])
        #expect(found.major >= PostgresBinaries.oldest)
    }

    @Test("names the folder that was asked for when nothing is there")
    func wrongFolder() async {
        let fault = await #expect(throws: ClusterFault.self) {
            try await PostgresBinaries.find(environment: ["MERIDIAN_POSTGRES_BIN": "/nowhere"])
        }
        #expect(fault?.problem == "MERIDIAN_POSTGRES_BIN is \"/nowhere\", where no PostgreSQL server can be run.")
    }

    @Test("says how to install the version that made the data")
    func wrongVersion() async {
        let fault = await #expect(throws: ClusterFault.self) {
            try await PostgresBinaries.find(major: 12, environment: [:])
        }
        #expect(fault?.advice?.contains("apt-get install postgresql-12") == true)
    }
}
