@main
enum ExampleSupplier {
    static func main() {}
}
