@main
enum IntakeGateway {
    static func main() {}
}
