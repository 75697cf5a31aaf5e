import Testing

@Suite("Deploy/machine.sh on a machine that lacks everything but a toolchain")
struct MachineTests {
    private static let all = "pkg-config libpq-dev postgresql"

    @Test("installs what is missing as root, and leaves no cluster of the package's own")
    func root() async throws {
        let report = try await BareMachine().prepare()
        #expect(report.status == 0, "\(report.lines)")
        #expect(report.contains("Installing \(Self.all) with apt-get."))
        #expect(report.place(of: "+ apt-get update") < report.place(of: "+ apt-get install"))
        #expect(!report.contains("sudo"))
        #expect(report.settingsDuring == "create_main_cluster = false\n")
        #expect(report.settingsAfter == "create_main_cluster = false\n")
    }

    @Test("tells an ordinary user what sudo is for before it is asked for anything")
    func ordinaryUser() async throws {
        let report = try await BareMachine(user: 1000).prepare()
        #expect(report.status == 0, "\(report.lines)")
        #expect(report.place(of: "Installing \(Self.all) with apt-get, through sudo.") == 0)
        #expect(report.place(of: "+ sudo ") > 0)
    }

    @Test("asks an ordinary user without sudo to have it installed, and touches nothing")
    func withoutSudo() async throws {
        let report = try await BareMachine(user: 1000, hasSudo: false).prepare()
        #expect(report.status == 77)
        #expect(report.contains("this machine lacks: \(Self.all). Installing them needs root, and there is no sudo."))
        #expect(report.contains("Try: apt-get install \(Self.all) as root"))
        #expect(!report.contains("+ "))
    }

    @Test(
        "says so where the toolchain is too old or does not run, and installs nothing",
        arguments: [
            ("Swift version 6.2.4 (swift-6.2.4-RELEASE)", 0, "this toolchain is too old: Swift version 6.2.4"),
            ("Apple Swift version 5.10", 0, "this toolchain is too old"), ("nonsense", 0, "this toolchain is too old"),
            ("libncurses.so.6: cannot open shared object file", 127, "does not run here: libncurses.so.6"),
        ])
    func toolchain(said: String, status: Int, complaint: String) async throws {
        let report = try await BareMachine(toolchain: (said, status)).prepare()
        #expect(report.status == 69)
        #expect(report.contains(complaint) && report.contains("https://www.swift.org/install"), "\(report.lines)")
        #expect(!report.contains("+ "))
    }

    @Test("says so where the system's PostgreSQL is too old, and installs nothing")
    func tooOld() async throws {
        let report = try await BareMachine(candidate: "13+225").prepare()
        #expect(report.status == 69)
        #expect(report.contains("this system's PostgreSQL is version 13; the desk needs 15 or newer."))
        #expect(report.contains("Try: https://"))
        #expect(!report.contains("+ apt-get install"))
    }

    @Test(
        "holds an operator's own wishes for clusters back during the installation, and puts them back",
        arguments: [
            "create_main_cluster = true\ndata_directory = '/srv/%v/%c'\n", "#create_main_cluster = false\n",
            "ssl = on\n",
        ])
    func operatorsFile(settings: String) async throws {
        let report = try await BareMachine(clusterSettings: settings).prepare()
        #expect(report.status == 0, "\(report.lines)")
        #expect(report.settingsDuring == "create_main_cluster = false\n")
        #expect(report.settingsAfter == settings)
    }

    @Test("puts them back also where the installation fails, whose last lines it shows")
    func failing() async throws {
        let settings = "create_main_cluster = true\n"
        let report = try await BareMachine(clusterSettings: settings, installs: false).prepare()
        #expect(report.status == 69)
        #expect(report.contains("E: no space left"))
        #expect(report.settingsDuring == "create_main_cluster = false\n")
        #expect(report.settingsAfter == settings)
    }

    @Test("does not touch settings that make no cluster anyway")
    func alreadyOff() async throws {
        let settings = "# ours\ncreate_main_cluster = false\nssl = on\n"
        let report = try await BareMachine(clusterSettings: settings).prepare()
        #expect(report.status == 0 && report.settingsDuring == settings && report.settingsAfter == settings)
    }
}
