@main
enum SupplierWorker {
    static func main() {}
}
