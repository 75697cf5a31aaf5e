import Assets
public import Postgres

/// The migrations that make the queue's tables, in the schema `jobs`. Whoever has migrations of its own puts these into
/// the same order, under numbers of its choice.
public let jobsMigrations: [Migration] = [
    migration(1, "jobs", "m0001_jobs"),
    migration(2, "begun jobs", "m0002_begun"),
    migration(3, "paused jobs", "m0003_pause"),
    migration(4, "cancelled jobs", "m0004_cancel"),
    migration(5, "terms of jobs", "m0005_terms"),
    migration(6, "unique jobs", "m0006_unique"),
    migration(7, "limited jobs", "m0007_limits"),
    migration(8, "schedules of jobs", "m0008_schedules"),
    migration(9, "jobs of other sites", "m0009_spill"),
]

private func migration(_ number: Int, _ name: String, _ file: String) -> Migration {
    guard let asset = meridian_asset_find("migrations/jobs/\(file).sql") else {
        preconditionFailure("the migration \(file) is not among the embedded files")
    }
    let bytes = UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.length)
    return Migration(number: number, name: name, script: String(decoding: bytes, as: UTF8.self))
}
