@main
enum Deskctl {
    static func main() {}
}
