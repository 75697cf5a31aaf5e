import CSystem
import Glibc

/// What the system says of this process, under the names that collectors expect.
enum ProcessMetrics {
    static func register(in metrics: Metrics, program: Program, started: Double) {
        metrics.reading("process_start_time_seconds", "When the process started, in seconds since 1970.") {
            [([], started)]
        }
        metrics.reading("process_cpu_seconds_total", "Processor time used, in seconds.", type: .counter) {
            [([], processorTime)]
        }
        metrics.reading("process_resident_memory_bytes", "Memory in use, in bytes.") {
            residentMemory.map { [([], $0)] } ?? []
        }
        metrics.reading("process_open_fds", "Open file descriptors.") {
            openDescriptors.map { [([], Double($0))] } ?? []
        }
        let labels = ["program", "version"]
        metrics.reading("build_info", "The program and its version; always 1.", labels: labels) {
            [([program.name, program.version], 1)]
        }
    }

    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static var residentMemory: Double? {
        guard let file = fopen("/proc/self/statm", "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, CInt(line.count), file) != nil else { return nil }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let numbers = text.split(separator: " ")
        guard numbers.count > 1, let pages = Double(numbers[1]) else { return nil }
        return pages * Double(sysconf(CInt(_SC_PAGESIZE)))
    }

    private static var openDescriptors: Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = -3
        while readdir(folder) != nil { count += 1 }
        return count
    }
}
