import Testing

@testable import LocalCluster

@Suite("The folder of a socket")
struct SocketFolderTests {
    @Test("is the wanted one as long as a socket's path fits")
    func short() {
        #expect(SocketFolder.fitting("/var/lib/meridian/socket") == "/var/lib/meridian/socket")
    }

    @Test("is a short one, always the same, where the wanted one is too deep")
    func long() {
        let deep = "/home/" + String(repeating: "deep/", count: 30)
        let folder = SocketFolder.fitting(deep)
        #expect(folder.hasPrefix("/tmp/meridian-"))
        #expect(SocketFolder.fits(folder))
        #expect(SocketFolder.fitting(deep) == folder)
        #expect(SocketFolder.fitting(deep + "er") != folder)
    }
}
