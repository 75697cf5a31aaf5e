extension Command {
    /// Every command, in the order in which help lists them. One that is not listed here does not exist.
    static let all: [Command] = [
        .up, .migrate, .apply, .export, .articleImport, .doctor, .ticketShow, .ticketList, .ticketJourney,
        .ticketReroute, .routingTest, .automationTest, .jobsStats, .jobsList, .jobsShow, .jobsRetry, .jobsDead,
        .jobsBlocked, .jobsLimit, .jobsSpill, .jobsSchedules, .jobsCancel, .jobsPause, .jobsResume,
        .tokenCreate, .tokenList, .tokenRevoke,
        .userCreate,
        .userReset, .userList, .userAvailability, .userMark, .personShow, .personFind, .personChange,
        .personAddAddress, .personRemoveAddress, .personMerge, .personAbsent, .personAbsences, .personBack,
        .positionHolders, .positionRoster, .secretSet, .letterPreview, .mailParked, .mailRelease, .mailDiscard, .clock,
        .clockReevaluate, .calendarImport, .calendarList,
        .supplierList, .supplierShow, .supplierPause, .supplierResume, .supplierReplay, .supplierTry,
        .supplierReconcile, .supplierListener,
        .rehearse,
    ]
}
