extension Command {
    static let upOptions: [Option] = [
        .value("--data", "DIR", "the folder of everything that is to last (/var/lib/meridian, or in your home)"),
        .flag("--example", "with the example organisation, its supplier and a catcher for its mail"),
        .value("--ports-from", "N", "listen on N and the ports after it, not on 8080, 8081, 2424, 9101 to 9104"),
    ]
}
