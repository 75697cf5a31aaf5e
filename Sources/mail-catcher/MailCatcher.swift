import Mail
import Runtime
import Sockets

/// Takes all mail that is sent to it and keeps it as files, so that in development and in tests nothing leaves the
/// machine. Not for operation.
@main
enum MailCatcher {
    struct Settings {
        let directory: String
        let listen: ListenAddress
    }

    static func main() async {
        let options = Options.read(Array(CommandLine.arguments.dropFirst()))
        await Launch.run(
            program: Program(
                "mail-catcher",
                "takes all mail sent to it by SMTP and keeps each message as a file.\n"
                    + "Usage: mail-catcher [--directory DIR] [--listen ADDRESS:PORT]"),
            arguments: options.rest, reader: SettingsReader(lookup: options.value),
            settings: { (reader: inout SettingsReader) throws(SettingsFaults) -> Settings in
                let directory = reader.require(
                    Options.directory, "The folder for the messages; also --directory.", "the path of a folder"
                ) { $0 }
                let listen = reader.read(
                    Options.listen, default: .tcp(.v4(0x7F00_0001), port: 1025), shown: "127.0.0.1:1025",
                    "Where it listens; also --listen.", ListenAddress.kind, ListenAddress.init)
                return try reader.finish { directory.map { Settings(directory: $0, listen: listen) } }
            },
            services: { settings, resources in
                let folder = try await resources.offload.run { try MessageFolder(settings.directory) }
                return [
                    LMTPServer(
                        .smtp, on: try Listener.bind(settings.listen), hostName: "mail-catcher", loops: resources.loops,
                        log: resources.log, accept: { _ in nil },
                        deliver: { envelope, content in
                            try await keep(envelope, content, in: folder, resources)
                        })
                ]
            })
    }

    private static func keep(
        _ envelope: Envelope, _ content: [UInt8], in folder: MessageFolder, _ resources: Launch.Resources
    ) async throws -> [SMTPReply] {
        let name = try await resources.offload.run { try folder.keep(envelope, content) }
        resources.log.info(
            "caught",
            [
                "file": .string(name), "from": .string(envelope.sender?.specification ?? "<>"),
                "to": .string(envelope.recipients.map(\.specification).joined(separator: ", ")),
                "subject": .string(MessageParser().parse(content).subject),
            ])
        return envelope.recipients.map { .delivered(to: $0, name) }
    }
}
