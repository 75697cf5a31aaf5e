@main
enum RoutingWorker {
    static func main() {}
}
