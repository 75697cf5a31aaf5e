// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of the package is held to.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// Code that only tests use; it stands beside them.
func support(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A program that measures, built and run by `Deploy/bench`.
func benchmark(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: "bench-\(name)", dependencies: dependencies + ["BenchmarkSupport"], path: "Tests/Benchmarks/\(name)",
        swiftSettings: strict)
}

/// A program that tests and foreign suites speak to; it is never among those that are delivered.
func peer(_ name: String, path: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Tests/\(path)", swiftSettings: strict)
}

/// A program that plays faults and chance against the desk, built and run by `Deploy/chaos`.
func chaos(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: "chaos-\(name)", dependencies: dependencies, path: "Tests/Chaos/\(name)", swiftSettings: strict)
}

/// What one can need who speaks to the desk's own tables.
let record: [Target.Dependency] = ["Moments", "Runtime", "Postgres", "Jobs", "JSON", "Desk", "DeskStore"]

/// What a feature with pages or endpoints is made of.
let web: [Target.Dependency] = record + ["HTTP", "HTML", "Secrets", "Catalogue", "DeskWeb", "TimeZones"]

/// What every program is wired from.
let wiring: [Target.Dependency] = [
    "Moments", "Runtime", "Postgres", "Jobs", "Secrets", "Sockets", "Desk", "DeskSchema", "DeskStore", "DeskProgram",
]

let ground: [Target] = [
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSystem"),
    .target(name: "Assets", exclude: ["web", "catalogue", "migrations"]),
    module("Moments"),
    module("Runtime", ["CSystem", "Moments"]),
    module("Sockets", ["CSystem", "COpenSSL", "Runtime"]),
    module("Postgres", ["CPostgres", "CSystem", "Moments", "Runtime"]),
    module("LocalCluster", ["CSystem", "Runtime"]),
]

let tools: [Target] = [
    module("HTML"),
    module("JSON", ["Moments"]),
    module("TimeZones", ["Moments"]),
    module("ICalendar", ["TimeZones"]),
    module("Secrets", ["COpenSSL", "Runtime", "Moments"]),
    module("HTTP", ["Moments", "Runtime", "Sockets"]),
    module("Mail", ["Moments", "Runtime", "Sockets"]),
    module("Jobs", ["Assets", "Moments", "Postgres", "Runtime", "TimeZones"]),
]

let desk: [Target] = [
    module("Desk", ["JSON", "Moments", "TimeZones"]),
    module("Catalogue", ["Assets", "JSON", "Moments", "TimeZones"]),
    module("DeskSchema", ["Assets", "Jobs", "Postgres"]),
    module("DeskStore", ["Desk", "JSON", "Jobs", "Moments", "Postgres", "Runtime", "Secrets", "TimeZones"]),
    module("DeskWeb", record + ["Assets", "Catalogue", "HTML", "HTTP", "Secrets", "TimeZones"]),
    module("DeskMail", record + ["Catalogue", "DeskSuppliers", "HTML", "Mail", "Secrets"]),
    module("DeskSuppliers", ["Catalogue", "Desk", "JSON", "Moments", "Secrets"]),
    module(
        "DeskProgram",
        [
            "DeskSchema", "DeskStore", "HTTP", "Jobs", "Moments", "Postgres", "Runtime", "Secrets", "Sockets",
            "TimeZones",
        ]),
]

let features: [Target] = [
    module("Intake", web + ["DeskMail", "DeskSuppliers", "Mail"]),
    module("Portal", web),
    module("SupplierPortal", web + ["DeskSuppliers"]),
    module("Workspace", web + ["DeskSuppliers"]),
    module("Administration", record + ["DeskSchema", "Secrets", "TimeZones"]),
    module(
        "Routing",
        record + [
            "Catalogue", "DeskMail", "DeskSuppliers", "HTTP", "ICalendar", "Mail", "Secrets", "Sockets", "TimeZones",
        ]),
    module("Suppliers", record + ["Catalogue", "DeskMail", "DeskSuppliers", "HTTP", "Secrets"]),
    module("Reporting", web),
]

let programs: [Target] = [
    program(
        "intake-gateway",
        wiring + ["DeskWeb", "HTTP", "Intake", "Mail", "Portal", "SupplierPortal", "Suppliers", "Workspace"]),
    program("routing-worker", wiring + ["DeskMail", "HTTP", "Mail", "Routing"]),
    program("supplier-worker", wiring + ["HTTP", "Suppliers", "TimeZones"]),
    program("reporting-service", wiring + ["DeskWeb", "HTTP", "Reporting"]),
    program(
        "deskctl",
        wiring + [
            "Administration", "Assets", "Catalogue", "DeskMail", "DeskSuppliers", "HTTP", "ICalendar", "Intake", "JSON",
            "LocalCluster", "Mail", "Suppliers", "TimeZones",
        ]),
    program("example-supplier", ["Desk", "DeskSuppliers", "HTTP", "JSON", "Moments", "Runtime", "Secrets", "Sockets"]),
    program("mail-catcher", ["Mail", "Moments", "Runtime", "Sockets"]),
]

let checks: [Target] = [
    peer("http-echo", path: "HTTPEcho", ["HTTP", "JSON", "Runtime", "Secrets", "Sockets"]),
    support("SeedTestSupport", []),
    support("TallyTestSupport", []),
    support("SchemaTestSupport", ["JSON", "Moments"]),
    support("PostgresTestSupport", ["LocalCluster", "Postgres", "Runtime"]),
    support("BrowserTestSupport", ["HTTP", "Runtime", "Sockets"]),
    support("BenchmarkSupport", ["JSON", "LocalCluster", "Postgres", "Runtime"]),
    support(
        "DeskTestSupport", record + ["DeskSchema", "LocalCluster", "PostgresTestSupport", "Secrets", "TimeZones"]),
    support(
        "RoutingTestSupport",
        record + ["DeskMail", "DeskTestSupport", "Mail", "PostgresTestSupport", "Routing", "Secrets"]),
    support(
        "SupplierTestSupport", ["Desk", "DeskSuppliers", "HTTP", "JSON", "Moments", "Runtime", "Secrets", "Sockets"]),
    support(
        "TroubleTicketTestSupport", ["DeskSuppliers", "HTTP", "JSON", "Moments", "Runtime", "SupplierTestSupport"]),
    support(
        "JiraTestSupport",
        ["DeskSuppliers", "HTTP", "JSON", "Moments", "Runtime", "Secrets", "SupplierTestSupport"]),
    support("ServiceNowTestSupport", ["HTTP", "JSON", "Moments", "Runtime", "SupplierTestSupport"]),
    support(
        "SupplierDeskTestSupport",
        record + ["BenchmarkSupport", "DeskSchema", "LocalCluster", "Secrets", "TimeZones"]),
    support(
        "WebTestSupport",
        web + ["DeskTestSupport", "Portal", "PostgresTestSupport", "Sockets", "SupplierPortal", "Workspace"]),
    tests("MomentsTests", ["Moments", "SeedTestSupport"]),
    tests("RuntimeTests", ["Moments", "Runtime", "SeedTestSupport", "TallyTestSupport"]),
    tests("SocketsTests", ["COpenSSL", "Runtime", "SeedTestSupport", "Sockets", "TallyTestSupport"]),
    tests("LocalClusterTests", ["CSystem", "LocalCluster", "PostgresTestSupport"]),
    tests("PostgresTests", ["LocalCluster", "Moments", "Postgres", "PostgresTestSupport", "Runtime"]),
    tests("HTMLTests", ["HTML", "SeedTestSupport"]),
    tests("JSONTests", ["JSON", "Moments", "SeedTestSupport"]),
    tests("TimeZonesTests", ["Moments", "SeedTestSupport", "TimeZones"]),
    tests("ICalendarTests", ["ICalendar", "SeedTestSupport", "TimeZones"]),
    tests("SecretsTests", ["Moments", "Runtime", "Secrets"]),
    tests(
        "HTTPTests",
        [
            "BrowserTestSupport", "COpenSSL", "HTTP", "Moments", "Runtime", "SeedTestSupport", "Sockets",
            "TallyTestSupport", "http-echo",
        ]),
    tests("MailTests", ["Mail", "Moments", "Runtime", "SeedTestSupport", "Sockets"]),
    tests(
        "JobsTests",
        [
            "Jobs", "Moments", "Postgres", "PostgresTestSupport", "Runtime", "SeedTestSupport", "TallyTestSupport",
            "TimeZones",
        ]),
    tests("DeskTests", ["Desk", "JSON", "Moments", "SchemaTestSupport", "SeedTestSupport", "TimeZones"]),
    tests("CatalogueTests", ["Catalogue", "Moments", "TimeZones"]),
    tests(
        "DeskStoreTests",
        record + ["DeskSchema", "DeskTestSupport", "PostgresTestSupport", "Secrets", "SeedTestSupport", "TimeZones"]),
    tests(
        "DeskMailTests",
        record + [
            "Catalogue", "DeskMail", "DeskSuppliers", "DeskTestSupport", "Mail", "PostgresTestSupport", "Secrets",
            "TimeZones",
        ]),
    tests(
        "DeskSuppliersTests",
        ["Catalogue", "Desk", "DeskSuppliers", "JSON", "Moments", "Secrets", "SeedTestSupport"]),
    tests("DeskWebTests", web + ["DeskTestSupport", "PostgresTestSupport", "WebTestSupport"]),
    tests(
        "IntakeTests",
        web + [
            "DeskMail", "DeskSuppliers", "DeskTestSupport", "Intake", "Mail", "PostgresTestSupport",
            "SchemaTestSupport",
            "SeedTestSupport", "Sockets", "Suppliers",
        ]),
    tests("PortalTests", web + ["DeskTestSupport", "Portal", "PostgresTestSupport", "WebTestSupport"]),
    tests(
        "SupplierPortalTests",
        web + [
            "BrowserTestSupport", "DeskSuppliers", "DeskTestSupport", "PostgresTestSupport", "SupplierPortal",
            "WebTestSupport",
        ]),
    tests(
        "WorkspaceTests",
        web + [
            "BrowserTestSupport", "DeskTestSupport", "Intake", "Mail", "PostgresTestSupport", "Suppliers",
            "WebTestSupport", "Workspace",
        ]),
    tests(
        "AdministrationTests",
        record + ["Administration", "DeskTestSupport", "PostgresTestSupport", "Secrets", "TimeZones"]),
    tests(
        "RoutingTests",
        record + [
            "DeskMail", "DeskSuppliers", "DeskTestSupport", "HTTP", "Mail", "PostgresTestSupport", "Routing",
            "RoutingTestSupport", "Secrets", "SeedTestSupport", "Sockets", "TimeZones",
        ]),
    tests(
        "SuppliersTests",
        record + [
            "Catalogue", "DeskMail", "DeskSuppliers", "DeskTestSupport", "HTTP", "Intake", "JiraTestSupport", "Mail",
            "PostgresTestSupport", "RoutingTestSupport", "Secrets", "SeedTestSupport", "ServiceNowTestSupport",
            "Sockets", "SupplierTestSupport", "Suppliers", "TallyTestSupport", "TimeZones", "TroubleTicketTestSupport",
            "WebTestSupport",
        ]),
    tests("DeskSchemaTests", ["DeskSchema", "Postgres", "PostgresTestSupport"]),
    tests("DeskProgramTests", wiring + ["HTTP", "PostgresTestSupport", "TallyTestSupport"]),
    tests("MailCatcherTests", ["Mail", "Runtime", "mail-catcher"]),
    tests(
        "ExampleSupplierTests",
        ["Desk", "DeskSuppliers", "HTTP", "Moments", "Runtime", "Secrets", "example-supplier"]),
    tests("ReportingTests", web + ["DeskTestSupport", "PostgresTestSupport", "Reporting", "SeedTestSupport"]),
    tests(
        "ScenarioTests",
        web + [
            "Administration", "DeskMail", "DeskSuppliers", "DeskTestSupport", "Intake", "Mail", "Portal",
            "PostgresTestSupport", "Reporting", "Routing", "Sockets", "Suppliers", "Workspace",
        ]),
    tests(
        "JourneyTests",
        record + [
            "DeskSchema", "DeskTestSupport", "DeskWeb", "HTTP", "Intake", "LocalCluster", "Mail", "PostgresTestSupport",
            "Reporting", "Routing", "Secrets", "SeedTestSupport", "Sockets", "Suppliers", "TimeZones", "deskctl",
        ]),
    tests(
        "DeskctlTests",
        ["DeskSchema", "LocalCluster", "Moments", "Postgres", "PostgresTestSupport", "Runtime", "Secrets", "deskctl"]),
    tests("BenchmarkSupportTests", ["BenchmarkSupport", "JSON"]),
    tests(
        "OperatingTests",
        record + [
            "Administration", "DeskSchema", "DeskTestSupport", "HTTP", "LocalCluster", "PostgresTestSupport", "Secrets",
            "TimeZones",
        ]),
    tests("TidyTests", []),
]

let benchmarks: [Target] = [
    benchmark("calendar", ["Desk", "JSON", "Moments", "TimeZones"]),
    benchmark("deadlines", record + ["DeskSchema", "LocalCluster", "Routing", "TimeZones"]),
    benchmark("files", record + ["DeskSchema", "HTTP", "LocalCluster", "Secrets", "Sockets", "TimeZones"]),
    benchmark("http", ["HTTP", "Runtime", "Sockets"]),
    benchmark(
        "intake",
        record + ["DeskSchema", "HTTP", "Intake", "LocalCluster", "Mail", "Secrets", "Sockets", "TimeZones"]),
    benchmark(
        "letters",
        record + [
            "DeskMail", "DeskSchema", "LocalCluster", "Mail", "Routing", "Secrets", "Sockets", "TimeZones",
        ]),
    benchmark("postgres", ["LocalCluster", "Moments", "Postgres", "Runtime"]),
    benchmark("queue", ["Jobs", "LocalCluster", "Moments", "Postgres", "Runtime"]),
    benchmark("routing", record + ["DeskSchema", "LocalCluster", "Routing", "TimeZones"]),
    benchmark(
        "suppliers", record + ["HTTP", "LocalCluster", "Secrets", "SupplierDeskTestSupport", "SupplierTestSupport"]),
]

let scenarios: [Target] = [
    chaos(
        "desk",
        record + [
            "BenchmarkSupport", "DeskMail", "DeskSchema", "DeskSuppliers", "DeskWeb", "HTTP", "Intake", "LocalCluster",
            "Mail", "Reporting", "Routing", "Secrets", "SeedTestSupport", "Sockets", "Suppliers", "TimeZones",
        ]),
    chaos(
        "suppliers",
        record + [
            "BenchmarkSupport", "DeskSuppliers", "HTTP", "JiraTestSupport", "LocalCluster", "SeedTestSupport",
            "ServiceNowTestSupport", "SupplierDeskTestSupport", "SupplierTestSupport", "TroubleTicketTestSupport",
        ]),
    chaos(
        "workers",
        ["BenchmarkSupport", "JSON", "Jobs", "LocalCluster", "Moments", "Postgres", "Runtime", "SeedTestSupport"]),
]

/// A program that LLVM's fuzzer makes from `Tests/Fuzz`: it brings a `main` of its own, so that nothing else can be
/// built beside it. `Deploy/test fuzz` and `Deploy/bench fuzz` build and run it.
let fuzzers: [Target] = [
    support("SeedTestSupport", []),
    .executableTarget(
        name: "fuzz-http", dependencies: ["HTTP", "SeedTestSupport"], path: "Tests/Fuzz/http", swiftSettings: strict),
]

/// Whoever only wants the programs does not build what tests stand on; a statically linked build could not, because
/// Swift Testing comes as a dynamic library alone.
let isForUse = Context.environment["MERIDIAN_BUILD"] == "programs"
let isForFuzzing = Context.environment["MERIDIAN_BUILD"] == "fuzzers"

let package = Package(
    name: "meridian",
    products: [
        .library(name: "Postgres", targets: ["Postgres"]),
        .library(name: "Jobs", targets: ["Jobs"]),
        .library(name: "HTTP", targets: ["HTTP"]),
        .library(name: "Mail", targets: ["Mail"]),
        .executable(name: "intake-gateway", targets: ["intake-gateway"]),
        .executable(name: "routing-worker", targets: ["routing-worker"]),
        .executable(name: "supplier-worker", targets: ["supplier-worker"]),
        .executable(name: "reporting-service", targets: ["reporting-service"]),
        .executable(name: "deskctl", targets: ["deskctl"]),
        .executable(name: "example-supplier", targets: ["example-supplier"]),
        .executable(name: "mail-catcher", targets: ["mail-catcher"]),
    ],
    dependencies: [],
    targets: ground + tools + desk + features + programs
        + (isForUse ? [] : isForFuzzing ? fuzzers : checks + benchmarks + scenarios),
    cLanguageStandard: .c2x
)
