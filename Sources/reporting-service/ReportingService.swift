@main
enum ReportingService {
    static func main() {}
}
