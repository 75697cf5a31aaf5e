import Administration
import Assets
import Desk
import DeskStore
import Foundation
import Glibc
import JSON
import Runtime
import Secrets
import TimeZones

/// What `--example` puts into a desk: the organisation of the example, the secrets that it shares with its suppliers,
/// and a password with which its people can sign in. What is there already stays as it is.
struct ExampleDesk: Sendable {
    let store: DeskStore
    let secrets: SecretStore
    let hasher: PasswordHasher
    let ports: UpPorts
    /// Where the password of the example's people is kept, for whoever forgets it.
    let passwordFile: String

    /// What a newcomer and the example supplier need to know of it.
    struct Keys: Sendable {
        let people: [Person]
        let password: String
        /// The webhook secrets by name.
        let webhookSecrets: [String: String]
    }

    func make() async throws -> Keys {
        let organisation = try Organisation(json: JSON.parse(Self.document(ports: ports))) { [store] in
            try store.zones.zone($0)
        }
        if try await store.organisation() == nil {
            _ = try await store.apply(organisation, by: "deskctl up --example")
            try await bringArticles()
        }
        let names = organisation.suppliers.flatMap(\.connector.terms.secrets)
        return Keys(
            people: organisation.people, password: try await givePasswords(to: organisation.people),
            webhookSecrets: try await share(names))
    }

    /// What the desk of the example knows already. It comes with the organisation and not again: what its people make
    /// of it is theirs.
    private func bringArticles() async throws {
        let file = ArticleFile(
            path: "articles.jsonl", text: try Self.text(of: "example/articles.jsonl"), defaults: .init())
        let directory = try await store.directory()
        _ = try await store.bring(file.articles { directory.teams[$0] }.articles)
    }

    /// The document; its suppliers are where the example supplier listens.
    static func document(ports: UpPorts) throws -> String {
        try text(of: "example/organisation.json")
            .replacing("//127.0.0.1:\(UpPorts().supplier)/", with: "//127.0.0.1:\(ports.supplier)/")
    }

    private static func text(of path: String) throws -> String {
        guard let asset = meridian_asset_find(path) else {
            throw CommandFault("\(path) is not among the embedded files.", status: .software)
        }
        let bytes = UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.length)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Makes the secrets that are missing; gives back all of these.
    private func share(_ names: [String]) async throws -> [String: String] {
        var values: [String: String] = [:]
        for name in names {
            if let kept = try await secrets.value(of: name) {
                values[name] = String(decoding: kept, as: UTF8.self)
            } else {
                let fresh = WebhookSecret.random().text
                try await secrets.set(name, to: Array(fresh.utf8))
                values[name] = fresh
            }
        }
        return values
    }

    /// Those who have no password yet get that of the example.
    private func givePasswords(to people: [Person]) async throws -> String {
        let password = try keptPassword()
        var hash: String?
        for person in people {
            guard let record = try await store.person(at: person.email) else { continue }
            guard try await store.account(at: person.email) == nil else { continue }
            // One hash for all: they share the password, and a hash takes a good part of a second.
            let shared = if let hash { hash } else { try await hasher.hash(password).text }
            try await store.setPassword(shared, of: record.id)
            hash = shared
        }
        return password
    }

    /// A password that is made once; it is no constant, because the desk may be reachable from other machines.
    private func keptPassword() throws -> String {
        if let kept = try? String(contentsOfFile: passwordFile, encoding: .utf8) {
            return kept.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
        let random = RandomBytes.make(15).map { letters[Int($0) % letters.count] }
        let password = stride(from: 0, to: 15, by: 5).map { String(random[$0..<$0 + 5]) }.joined(separator: "-")
        try OwnersFile.make(passwordFile, containing: "\(password)\n")
        return password
    }
}
