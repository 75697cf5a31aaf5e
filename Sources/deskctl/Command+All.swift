extension Command {
    /// Every command, in the order in which help lists them. One that is not listed here does not exist.
    static let all: [Command] = [
        .up, .migrate, .apply, .export, .articleImport, .doctor, .ticketShow, .ticketList, .ticketJourney, .jobsStats,
        .jobsList,
        .jobsShow, .jobsRetry, .jobsDead, .tokenCreate, .userCreate, .userReset, .userList, .secretSet, .clock,
        .calendarImport, .calendarList,
        .rehearse,
    ]
}
