import Mail
import SeedTestSupport
import Testing

@Suite("Signed, encrypted and nested mail")
struct SignedMailTests {
    /// A signature that encloses its mail, with lengths stated, and with its content in pieces of no stated length.
    private static let enclosing = [
        "MIIBjwYJKoZIhvcNAQcCoIIBgDCCAXwCAQExDTALBglghkgBZQMEAgEwgdUGCSqGSIb3DQEHAaCBxwSBxENvbnRlbnQtVHlwZTog"
            + "bXVsdGlwYXJ0L21peGVkOyBib3VuZGFyeT1iDQoNCi0tYg0KQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluOyBjaGFyc2V0PXV0Zi04"
            + "DQoNClNrcml2ZXJlbiByeWtlciwgYsOlZGUgaGVyIG9nIGRlci4NCi0tYg0KQ29udGVudC1UeXBlOiBhcHBsaWNhdGlvbi9wZGY7"
            + "IG5hbWU9YS5wZGYNCg0KJVBERi0xLjQNCi0tYi0tDQoxgY8wgYwCAQEwJDAMMQowCAYDVQQDDAFhAhQMtzaGXjSZGuIxacbnBUGq"
            + "8LdnUDALBglghkgBZQMEAgEwCgYIKoZIzj0EAwIESDBGAiEA5WNtK7b89E5KDU122iJrRn8pZxvYi07FfKB0mcav9GACIQCXfKdf"
            + "OYM9kQEVgcBaD96nxAkFw2fdSqmC2wHgDNtxtA==",
        "MIAGCSqGSIb3DQEHAqCAMIACAQExDTALBglghkgBZQMEAgEwgAYJKoZIhvcNAQcBoIAkgASBxENvbnRlbnQtVHlwZTogbXVsdGlw"
            + "YXJ0L21peGVkOyBib3VuZGFyeT1iDQoNCi0tYg0KQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluOyBjaGFyc2V0PXV0Zi04DQoNClNr"
            + "cml2ZXJlbiByeWtlciwgYsOlZGUgaGVyIG9nIGRlci4NCi0tYg0KQ29udGVudC1UeXBlOiBhcHBsaWNhdGlvbi9wZGY7IG5hbWU9"
            + "YS5wZGYNCg0KJVBERi0xLjQNCi0tYi0tDQoAAAAAAAAxgY4wgYsCAQEwJDAMMQowCAYDVQQDDAFhAhQMtzaGXjSZGuIxacbnBUGq"
            + "8LdnUDALBglghkgBZQMEAgEwCgYIKoZIzj0EAwIERzBFAiEAvNbYg0hV8bVax2+R2KCtYpbduIsh0tuYDdCgeFgPigMCIB/yyopB"
            + "IgBrnsskcm5ybXSomCbA6HM8HJ5gwkRRy3asAAAAAAAA",
    ]

    private func mail(_ file: String, type: String = "application/pkcs7-mime; smime-type=signed-data") -> Message {
        read(
            "From: a@b.example\nContent-Type: \(type); name=smime.p7m\nContent-Transfer-Encoding: base64\n"
                + "Content-Disposition: attachment; filename=smime.p7m\n\n\(file)\n")
    }

    @Test("What a signature encloses is the mail: its words and its files", arguments: enclosing)
    func enclosed(file: String) {
        for type in ["application/pkcs7-mime; smime-type=signed-data", "application/x-pkcs7-mime"] {
            let message = mail(file, type: type)
            #expect(message.text == "Skriveren ryker, både her og der.")
            #expect(message.attachments.map(\.name) == ["a.pdf"])
        }
    }

    @Test("One that is encrypted, or is no signature, stays a file")
    func closed() {
        let encrypted = mail(Self.enclosing[0], type: "application/pkcs7-mime; smime-type=enveloped-data")
        #expect(encrypted.text.isEmpty && encrypted.attachments.map(\.name) == ["smime.p7m"])
        for file in ["", "MIAG", "AAAA", "MIIBjwYJKoZIhvcNAQcDoIIBgA==", "dGV4dA=="] {
            #expect(mail(file).text.isEmpty && mail(file).attachments.map(\.name) == ["smime.p7m"])
        }
        let parts = read(
            "Content-Type: multipart/encrypted; boundary=b; protocol=\"application/pgp-encrypted\"\n\n--b\n"
                + "Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; "
                + "name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\n--b--\n")
        #expect(parts.text.isEmpty)
        #expect(parts.attachments.map(\.type) == ["application/pgp-encrypted", "application/octet-stream"])
    }

    @Test("Damage of any kind is read to its end, and a signature in a signature to the limit", arguments: 1...4)
    func damaged(seed: Int) {
        var random = Seed(seed)
        for file in Self.enclosing {
            for _ in 0..<100 {
                var letters = Array(file.utf8)
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    letters[Int.random(in: 0..<200, using: &random)] = UInt8.random(in: 65...90, using: &random)
                }
                let message = mail(String(decoding: letters, as: UTF8.self))
                #expect(message.attachments.count <= 2 && message.text.utf8.count < 400, "\(random)")
            }
        }
        let pieces = String(repeating: "JIAkgCSAJIAk", count: 20_000)
        #expect(mail("MIAGCSqGSIb3DQEHAqCAMIACAQExADCABgkqhkiG9w0BBwGggCSA" + pieces).text.isEmpty)
    }

    @Test("A signature beside a mail is a file of its own and none of the words")
    func beside() {
        let message = read(
            "Content-Type: multipart/signed; boundary=b; micalg=sha-256\n\n--b\n\nHello\n--b\n"
                + "Content-Type: application/pkcs7-signature; name=smime.p7s\n"
                + "Content-Transfer-Encoding: base64\n\nMIAG\n--b--\n"
        )
        #expect(message.text == "Hello")
        #expect(message.attachments.map(\.name) == ["smime.p7s"])
    }

    @Test(
        "A mail that is sent along is a file by its subject, and its words are not those of the sender",
        arguments: [
            ("Subject: =?utf-8?q?Skriver=3A_r=C3=B8yk?=", "Skriver røyk.eml"),
            ("Subject: ../etc/passwd", "..-etc-passwd.eml"),
            ("Subject: .", "message.eml"), ("Subject: I/O error? ", "I-O error.eml"), ("X: y", "message.eml"),
            ("Subject: con", "_con.eml"),
        ])
    func sentAlong(header: String, name: String) {
        let message = read(
            "Subject: outer\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee this\n--b\n"
                + "Content-Type: message/rfc822\n\n\(header)\nFrom: x@y.example\n\nInner words\n--b--\n")
        #expect(message.text == "See this" && message.subject == "outer")
        #expect(message.attachments.map(\.name) == [name])
        #expect(message.attachments.first?.isMessage == true)
    }

    @Test("Words of a subject that were cut within a character are put together, whichever way they are encoded")
    func cutWords() {
        let cuts = [
            "=?utf-8?Q?bl=C3?= =?utf-8?Q?=A5b=C3=A6r?=", "=?UTF-8?B?YmzD?=\n =?utf-8?q?=A5b=C3=A6r?=",
            "=?utf-8?B?YmzDpWLD?=\n\t=?utf-8*nb?B?pnI=?=",
        ]
        for cut in cuts { #expect(read("Subject: \(cut)\n\n").subject == "blåbær", "\(cut)") }
    }
}
