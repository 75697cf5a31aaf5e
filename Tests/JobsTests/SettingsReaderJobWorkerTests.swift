import Jobs
import Runtime
import Testing

@Suite("The settings of a worker")
struct SettingsReaderJobWorkerTests {
    private func read(_ environment: [String: String]) throws -> JobWorkerSettings {
        var reader = SettingsReader { environment[$0] }
        let settings = reader.jobWorker(name: "w", grace: .seconds(25))
        return try reader.finish { settings }
    }

    @Test("Without settings a worker serves everything")
    func defaults() throws {
        for environment in [[:], ["MERIDIAN_QUEUES": "*", "MERIDIAN_SITES": "*"]] {
            let settings = try read(environment)
            #expect(settings.queues == nil)
            #expect(settings.sites == nil)
            #expect(settings.concurrency == 4)
            #expect(settings.lease == .seconds(30))
            #expect(settings.grace == .seconds(22))
        }
    }

    @Test("Queues, sites and numbers are lists with commas")
    func lists() throws {
        let settings = try read([
            "MERIDIAN_QUEUES": "routing, mail", "MERIDIAN_SITES": "OSL,AMS", "MERIDIAN_CONCURRENCY": "8, supplier=16",
            "MERIDIAN_LEASE": "2",
        ])
        #expect(settings.lease == .seconds(2))
        #expect(settings.queues == ["routing", "mail"])
        #expect(settings.sites == ["OSL", "AMS"])
        #expect(settings.concurrency == 8)
        #expect(settings.concurrencyOfQueue == ["supplier": 16])
    }

    @Test(
        "What is no such list is refused",
        arguments: [
            ("MERIDIAN_QUEUES", "a,,b"), ("MERIDIAN_SITES", "OSL,*"), ("MERIDIAN_CONCURRENCY", "0"),
            ("MERIDIAN_CONCURRENCY", "a="), ("MERIDIAN_CONCURRENCY", "=4"), ("MERIDIAN_CONCURRENCY", "a=b=4"),
            ("MERIDIAN_CONCURRENCY", "many"), ("MERIDIAN_LEASE", "1"), ("MERIDIAN_LEASE", "601"),
            ("MERIDIAN_LEASE", "long"),
        ])
    func faults(name: String, value: String) {
        let fault = #expect(throws: SettingsFaults.self) { try read([name: value]) }
        #expect(fault?.faults.count == 1)
        #expect(fault?.faults.first?.contains(name) == true)
    }
}
