@main
enum MailCatcher {
    static func main() {}
}
