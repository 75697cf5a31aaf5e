/// Everything that the desk can say. The raw value is the name in the catalogue files of every language.
///
/// A phrase that belongs to a word of the wire is named after its `Vocabulary` and the word.
public enum Phrase: String, CaseIterable, Sendable {
    // Common
    case languageName, productName, deskName, pageTitle, yes, no, none, unknown, save, cancel, back
    case continueForward, search, download, showMore, all, optionalField, pagesLabel, nextPage, previousPage
    case skipToContent, mainNavigation, language, theme, themeLight, themeDark, themeSystem, help, timesIn, printedAsOf
    case fileSize, ticketCount, fromTo, labelled, teamAtSite, atDesk

    // Durations
    case unitDay, unitHour, unitMinute, unitSecond, unitDayLong, unitHourLong, unitMinuteLong, unitSecondLong
    case relativeNow, minutesAgo, hoursAgo, daysAgo, inMinutes, inHours, inDays

    // Errors
    case errorTitle, errorSummary, errorPrefix, errorEmailMissing, errorEmailFormat, errorSubjectMissing
    case errorNameMissing
    case errorTextMissing, errorTooLong, errorChoiceMissing, errorFileTooLarge, errorFilesTooMany
    case errorMessageMissing, errorNoteMissing, errorReasonMissing, errorTeamMissing, errorSupplierMissing
    case errorOutcomeMissing, errorPasswordMissing, errorSignIn, errorTicketNumber, errorDate
    case errorPersonMissing, errorMissingNothing, errorMoment
    case errorPeriodOrder

    // Fields
    case fieldEmail, fieldEmailHint, fieldName, fieldSubject, fieldSubjectHint, fieldText, fieldTextHint
    case fieldSite, fieldSiteUnsure, fieldFiles, fieldFilesMore, fieldFilesHint, fieldPassword, fieldTicketNumber
    case fieldTicketNumberHint, fieldMessage

    // Portal
    case portalTitle, portalIntro, portalFormTitle, portalSubmit, portalSentTitle, portalSentNumber
    case portalSentMail, portalSentNext, portalSentExpect, portalFollow, portalAnother, portalHaveTicket
    case linkTitle, linkIntro, linkSubmit, linkSentTitle, linkSentText, linkExpiredTitle, linkExpiredText

    // My ticket
    case myTicketsTitle, myTicketsEmpty, ticketHeading, whoHasIt, whoSupplier, whoYou, whoNobody, whenToExpect
    case expectAnswer, expectSolution, expectLate, expectAfterYou, expectNothing, timelineTitle
    case addMessageTitle, addMessageSubmit, messageAdded, reopenHint, closedHint, attachmentsTitle
    case mergedHint
    case foldQuote, foldSignature, foldNotice, mailAsSent, mailEncrypted, mailFrameTitle, mailOriginal,
        mailPictureBlocked

    // Session
    case signInTitle, signInIntro, signInForgotten, signOut, signedInAs, signedOutTitle, signedOutText
    case sessionEndedTitle, sessionEndedText

    // Failures
    case notAllowedTitle, notAllowedText, notFoundTitle, notFoundText, unavailableTitle, unavailableText
    case failedTitle, failedText, tooManyTitle, tooManyText, formExpiredTitle, formExpiredText, tooLargeTitle
    case tooLargeText

    // Workspace: frame and queue
    case navQueue, navReport, navPortal, queueTitle, queueCaption, queueEmpty, queueEmptyText
    case queueEmptyFiltered, queueEmptyFilteredText, columnNumber, columnSubject, columnRequester
    case columnPriority, columnState, columnTeam, columnSite, columnHolder, columnDue, columnAge, filterTitle
    case filterApply, filterClear, filterAllOpen, filterMine, filterMyTeams, filterUntaken, dueLeft, dueLate
    case filterOffered, filterAsked, filterCallbacks, filterOwned
    case duePaused, dueNone
    case lettersWaitTitle, lettersWait, lettersWaitMany, lettersWaitAdvice
    case mailParkedTitle, mailParked, mailParkedMany, mailParkedAdvice

    // Ticket page
    case summaryTitle, fieldKind, fieldImpact, fieldUrgency, fieldPriority, fieldCategory, fieldTeam
    case fieldTier, fieldPosition, fieldPerson, fieldPersonNobody, fieldRequester, fieldChannel, fieldOpened
    case fieldListeners, fieldOwner
    case fieldResolved, fieldState, fieldOutcome, journeyTitle, journeyCaption, journeyFrom, journeyTo
    case journeyHeld, journeyZone, journeyNow, journeyPart, clocksTitle, clocksCaption, clockTarget, clockUsed
    case clockCalendar, clockAlways
    case clockOf, clockDue, conversationTitle, conversationEmpty, originalMail, eventsTitle, eventRule
    case eventReason, supplierTicketsTitle, supplierName, supplierOurs, supplierTheirs, supplierTheirsNone
    case supplierTheirState, supplierTheirPriority, supplierTheirSeverity, supplierLastTold, supplierLastHeard
    case supplierFailing, supplierServed
    case supplierAsks, letterReturned

    // Tickets that belong together
    case relatedTitle, relatedNone, relatedParent, relatedParts, relatedMerged, relatedMergedInto
    case relatedLinks, relatedTwins, relatedRemove, relatedTie, tieWhat, tieNumber, tieNumberHint
    case tieTitle, tieRelated, tieCausedBy, tieFollowUp, tiePart, tieMerge, tieLinkWill, tiePartWill
    case tieMergeWill, tieOtherRequester, tiedDone, tiedRemoved, tiedSplit, splitTitle, splitWill
    case claimTitle, claimText, claimFollows, claimAccept, claimRefuse, claimAccepted, claimRefused, claimSettled
    case splitEntries, errorSplitNone, errorNoSuchTicket, linkCauseOf, linkFollowedBy, linkSplitInto
    case partsStaySolved

    // Major incidents
    case disturbanceKnown, disturbanceSince, disturbanceJoin, disturbanceJoinedTitle
    case disturbanceJoinedText, disturbanceOverTitle, disturbanceOverText, disturbanceUnnamed
    case registerTitle, registerIntro, registerEmail, registerEmailHint, registerName, registerLanguage, registerUsual
    case registerByTable, registerTextHint, registerNext, registerMine, registerRoute, registerNextHint, registerSubmit
    case registerDone
    case matterConfidential
    case majorDeclare, majorMark, majorElsewhere, majorWill, majorWhere, majorEverywhere, majorTitle, majorTitleHint,
        majorText
    case automationStopGoesInCircles, automationStopTooLong, automationStopRefused
    case macrosTitle, macroDone, macroRefused, macroStep, macroUnknown, macroChanged
    case macroRun
    case disturbancePart, disturbancePerhaps, mailPartOfDisturbance, mailKnownDisturbance
    case majorTextHint, majorJoined, majorEnd, majorAnnounced, majorEnded
    case majorChange, majorChangeWill, majorChanged, majorReworded, majorUnannounced, majorAnnouncedNow
    case partWait, partWaitWill, partWaits, partWaitDone
    case partsWait, partsWaitWill, partsGoOn, partsGoOnWill, partsWaitDone, partsGoOnDone
    case majorEndAnnouncement

    // Actions
    case actionsTitle, actionTake, actionReply, actionReplyHint, actionReplySubmit, actionAsk, actionNote
    case actionNoteHint, actionNoteSubmit, actionHandOver, handOverTo, handOverReason, handOverNote
    case actionMore, actionAcceptOffer, actionDeclineOffer, actionSufficient, actionMissing
    case actionMissingSubmit, missingTitle, missingOther, missingOtherHint, actionAnswerInquiry
    case actionWithdrawInquiry, actionCallMade, actionPromise, callbackAt, actionInquire, inquireWhom
    case inquireText, inquireHint, questionsTitle, questionWaits, questionWithdrawn, actionEscalate
    case escalateTo, escalateReason, actionOwner, ownerPosition, actionRelease, contactTitle, contactNone
    case actionColleague, fieldColleague, actionMeans, fieldMeans, meansRemote, meansVisit, meansOther, eventMeansChosen
    case actionHold, holdNote, holdUntil, holdHint, actionResume, holdOpen, doneHeld, doneResumed, eventUntil
    case contactPutThrough, contactCallBack, contactPerson, contactNobody, contactBy, contactByHint, teamOpen
    case teamClosed, teamAvailable, teamContactsBy, timeBoxUp, callbackDue, callbackLate, offerOpen
    case returnedTimes, escalatedTo
    case handOverNoteHint, actionRefer, referNote, referNoteHint, actionAnswerSupplier
    case actionAssign, actionRecall, recallNote, actionResolve
    case resolveOutcome, resolveNote, resolveNoteHint, actionReopen, reopenReason, actionClose, doneTaken
    case doneReplied, doneNoted, doneHandedOver, doneReferred, doneAnswered
    case doneTakenOver, doneGivenBack, doneInquired, donePromised, doneEscalated, doneRecorded
    case doneRecalled, doneResolved, doneReopened, doneClosed, conflictTitle, conflictText, conflictYours,
        conflictTheirs, conflictAgain
    case conflictDiscard

    // Report
    case reportTitle, reportPeriod, reportFrom, reportTo, reportShow, reportLastDays, reportRange
    case reportMadeAt, reportOpened, reportResolved, reportReopened, reportOpen, reportResponse
    case reportResolution, reportMedian, reportNinety, reportAttainment, reportHeld, reportBySite
    case reportByTier, reportByTeam, reportBySupplier, reportTotal, reportDay, reportTime, reportShare
    case reportChartDays, reportChartHeld, reportChartTable, reportSplit, reportByKind, reportByCategory
    case reportMean, reportFirstLevel, reportReopenedShare, reportTooLong, reportCounting, reportFirstOf
    case reportWithheld
    case reportCostTitle, reportBegun, reportService, reportThrough, reportCost, reportCostEach
    case reportCostLost, reportInHours, reportOnWall, reportWorkTitle, reportTickets, reportWork
    case reportSuppliers, reportOwnTeams, reportWorked, reportUnrated, reportParties, reportQueue
    case reportAtWork, reportHold, reportCostCounting
    case reportOutcomesTitle, reportTargetsTitle, reportLost, reportReused, reportDrafted
    case reportNoKnowledge, reportOutcomes, reportKnowledge, reportArticles, reportArticle
    case reportArticleWithheld, reportMet, reportMissed, reportReturns, reportReturnsTitle
    case reportReturnedFrom, reportReturnedTo, reportTier, reportOutcomesCounting
    case reportTargetsCounting
    case reportSuppliersTitle, reportSuppliersCounting, reportReferred, reportReferredAgain
    case reportAcknowledgedWithin, reportSolvedWithin, reportHandedBack, reportWithSupplier, reportOldest
    case reportContracts, reportMonths, reportMonth
    case reportServiceTitle
    case reportEmpty, reportEmptyText

    // Words of the wire
    case stateNew, stateAssigned, stateInProgress, stateWaitingRequester, stateWaitingSupplier
    case stateWaitingOther, stateResolved, stateClosed, kindIncident, kindServiceRequest
    case kindInformationRequest, priority1, priority2, priority3, priority4, priority5, impact1, impact2
    case impact3, urgency1, urgency2, urgency3, outcomeSolved, outcomeSolvedFirstContact, outcomeWorkedAround
    case outcomeTooCostly, outcomeUnrepairable, outcomeReferred, outcomeWithdrawn, outcomeDuplicate
    case channelMail, channelWeb, channelApi, channelPhone, channelCounter, channelChat, channelSupplier
    case channelImport, holderTeam, holderSupplier, holderRequester, tier1, tier2, tier3, tierNumber
    case roleAgent, roleLead, roleManager, roleAdministrator, visibilityPublic, visibilityInternal
    case clocksWhose
    case measureUpdate, measureTimeBox, measureTeam, measureSupplierAcknowledgement, measureSupplierResolution
    case measureCallback, measureQuestion, pauseWaitingDesk, pauseNoTarget
    case measureFirstResponse, measureResolution, clockStateRunning, clockStatePaused, clockStateMet
    case clockStateMissed, clockStateCancelled, pauseWaitingRequester, pauseWaitingSupplier, pauseWaitingOther
    case pauseResolved, reasonExpertise, reasonAccess, reasonTimeBox, reasonMisrouted, reasonShiftEnd
    case pauseWaitingParent
    case reasonAutomation, reasonOther, entryMessage, entryCall, entrySystem, reopeningRequesterReplied,
        reopeningNotSolved
    case reopeningClosedByMistake, supplierStateSent, supplierStateAcknowledged, supplierStateInProgress
    case supplierStateWaitingForUs, supplierStateResolved, supplierStateRejected, supplierStateWithdrawn
    case eventOpened, eventChanged, eventRouted, eventAssigned, eventTaken, eventHandedOver, eventNoteAdded
    case eventMessageSent, eventRequesterAsked, eventRequesterReplied, eventPutOnHold, eventResumed
    case eventReferred, eventSupplierAcknowledged, eventSupplierNoted, eventSupplierAsked
    case eventSupplierAnswered, eventSupplierReturned, eventSupplierResolved, eventRecalled
    case eventSupplierEscalated
    case eventSupplierUnreachable, eventResolved, eventReopened, eventClosed, eventDeadlineNear
    case eventDeadlineMissed, eventTermsChanged, eventClocksReevaluated
    case refusalAlreadyOpened, refusalAlreadyRouted, refusalIsResolved, refusalIsClosed
    case refusalIsNotResolved, refusalIsWithTeamAlready, refusalIsNotWaiting, refusalIsWithSupplier
    case refusalIsNoPart
    case refusalIsNotMajor
    case refusalIsNotWithSupplier, refusalClocksStand, refusalChangesNothing
    case eventReleased, eventOwnerChanged, eventFoundSufficient, eventFoundInsufficient, eventCallbackPromised
    case eventCallbackMade, eventInquired, eventInquiryAnswered, eventInquiryWithdrawn, eventOffered
    case eventOfferAccepted, eventOfferDeclined, eventEscalated, eventLinked, eventUnlinked, eventBecameChild
    case eventLeftParent, eventMerged, eventAbsorbed, eventSplit, eventDeclaredMajor, eventStoodDown
    case eventListenerAdded, eventPersonMerged, eventJoined, eventMentioned, eventAutomated, eventAutomationStopped,
        eventTold
    case eventAnnounced, eventAnnouncementChanged, eventAnnouncementEnded
    case eventWaitsForParent
    case refusalIsInThePast, refusalNothingPromised, refusalHasTheTicket
    case refusalIsAskedAlready, refusalIsNotAsked, refusalIsNotOffered, refusalIsConfidential
    case refusalIsEscalatedAlready, refusalCannotBeItsOwn, refusalIsMerged, escalationLead, escalationSite
    case refusalWasNotHandedOver
    case escalationOrganisation, escalationReasonDeadlineMissed, escalationReasonRequesterComplained
    case escalationReasonNeedsDecision, escalationReasonLacksPeople, linkRelated, linkCausedBy, linkFollowUp
    case linkSplitFrom, refusalGoesInCircles, refusalIsTooDeep, refusalHasParts, refusalIsMajor, refusalStaysApart

    // Notices
    case noticesTitle, noticesIntro, noticesEmpty, noticesUnread, noticesMarkRead, noticesCaption
    case noticesUnreadCount, noticesUnreadMany, noticesOutOfSight
    case noticeSettingsTitle, noticeSettingsIntro, noticeSettingsSaved, noticeWayMail, noticeWayPage
    case noticeWayOff, noticeAssigned, noticeHandedOver, noticeRequesterReplied, noticeSupplierAsked
    case noticeSupplierNoted, noticeSupplierReturned, noticeSupplierResolved, noticeSupplierUnreachable
    case noticeReopened, noticeDeadlineNear, noticeDeadlineMissed, noticeOwned, noticeMissing
    case noticeInquiry, noticeInquiryAnswered, noticeOffered, noticeOfferAccepted, noticeOfferDeclined
    case noticeResumed, letterResumedSubject, letterResumed, refusalIsWithAnotherTeam, refusalWasPassedOn
    case rehomedNote, reasonReorganised
    case noticeEscalated, noticeListening, noticeMajorIncident, noticeMentioned, noticeTold
    case noticeUndelivered
    case solvedWithParent, solvedWithUnseen

    // Notes that the desk writes itself
    case shiftNote

    // The portal of suppliers
    case supplierPortalTitle, supplierPortalIntro, supplierPortalSend, supplierPortalSentTitle
    case supplierPortalSentText, supplierPortalOpenTitle, supplierPortalOpenText, supplierPortalOpen
    case supplierPortalUsedTitle, supplierPortalUsedText, supplierPortalAgain, exchangesOpen, exchangesEnded
    case exchangesEmpty, exchangesEmptyText, exchangeOwnReference, exchangeSince, exchangeOverSince
    case exchangeAbout, exchangeSaid, exchangeAcknowledge, exchangeAcknowledgeText
    case exchangeAcknowledgeSubmit, exchangeWriteTitle, exchangeWhat, exchangeNote, exchangeAsk
    case exchangeSolve, exchangeReturn, exchangeAnswer, exchangeDecline, exchangeSend, exchangeDone
    case exchangeChangedTitle, exchangeChangedText, exchangeOver, exchangeOnlyAsked, errorReferenceMissing
    case errorLinkBroken, exchangeStateSent, exchangeStateAcknowledged, exchangeStateInProgress
    case exchangeStateWaitingForUs, exchangeStateResolved, exchangeStateRejected, exchangeStateWithdrawn
    case exchangeToldReferral, exchangeToldAnswer, exchangeToldWithdrawal, exchangeToldQuestion
    case exchangeToldNote, exchangeToldChange, exchangeToldReopening, exchangeToldClosure
    case exchangeToldEscalation
    case exchangeMailSubject, exchangeMailReference, exchangeMailFollow, exchangeMailOnce
    case supplierPassSubject, supplierPassText, supplierPassFollow

    // Mail
    case mailGreeting, mailGreetingNameless, mailSignature, mailFooter, mailFollow, mailOpenTicket, mailConfidential
    case mailButton, mailYouWrote, mailOutcome, mailReopenHint, letterAcknowledgementSubject, letterAcknowledgement
    case mailClosesOn, mailFilesOnPage
    case letterMessageSubject, letterMessage, letterQuestionSubject, letterQuestion
    case letterSupplierQuestionSubject, letterSupplierQuestion, letterResolutionSubject, letterResolution
    case letterReopenedSubject, letterReopened, letterAssignedSubject, letterAssigned, letterHandedOverSubject
    case letterHandedOver, letterRequesterRepliedSubject, letterRequesterReplied, letterSupplierAskedSubject
    case letterSupplierAsked, letterSupplierNotedSubject, letterSupplierNoted, letterSupplierReturnedSubject
    case letterSupplierReturned, letterSupplierResolvedSubject, letterSupplierResolved
    case letterSupplierUnreachableSubject, letterSupplierUnreachable, letterDeadlineNearSubject
    case letterDeadlineNear, letterDeadlineMissedSubject, letterDeadlineMissed, letterLinkSubject, letterLink
    case letterOwnedSubject, letterOwned, letterMissingSubject, letterMissing, letterCallbackPromisedSubject
    case letterCallbackPromised, letterMergedSubject, letterMerged, letterFollowedSolvedSubject
    case letterFollowedSolved, letterInquirySubject, letterInquiry, letterInquiryAnsweredSubject
    case letterInquiryAnswered, letterOfferedSubject, letterOffered, letterOfferAcceptedSubject
    case letterOfferAccepted, letterOfferDeclinedSubject, letterOfferDeclined, letterEscalatedSubject
    case letterEscalated, letterMajorIncidentSubject, letterMajorIncident, letterMentionedSubject
    case letterListeningSubject, letterListening, letterMentioned, letterToldSubject, letterTold
    case letterUndeliveredSubject, letterUndelivered
    case letterDisturbanceOverSubject, letterDisturbanceOver

    // States of suppliers
    case supplierStateUnknown, supplierStateWaits, supplierFileMissing, supplierFileTooLarge
    case supplierFieldSubject, supplierFieldKind, supplierFieldCategory, supplierFieldImpact
    case supplierFieldUrgency, supplierFieldPriority, supplierFieldSite, supplierFieldRequesterName
    case supplierFieldRequesterEmail, supplierFieldDescription, supplierFieldNote, supplierFieldMessage
    case supplierFieldFiles, supplierFieldFileNames
    case sendingTitle, sendingNothingYet, sendingNothing, sendingStays, sendingStaysRest, sendingExact
    case sendingSend, sendingEdit, exchangeRecord, exchangeRecordTitle, exchangeWaits, exchangeParked
    case exchangeSent, exchangeReceived

    // Mail to suppliers
    case supplierMailAcknowledged, supplierMailQuestion, supplierMailSolved, supplierMailReturned
    case supplierEscalation, supplierMailEscalationSubject, supplierMailEscalation
    case supplierMailReferralSubject, supplierMailAnswerSubject, supplierMailWithdrawalSubject
    case supplierMailQuestionSubject, supplierMailSubjectWith, supplierMailReferral, supplierMailAnswer
    case supplierMailWithdrawal, supplierMailQuestionOpening, supplierMailBlock, supplierMailHow
    case supplierMailHowAcknowledged, supplierMailHowQuestion, supplierMailHowSolved, supplierMailHowReturned
    case supplierMailHowNote, supplierMailPortal

    // Knowledge
    case navArticles, navHelp, articlesTitle, articlesSearch, articlesEmpty, articlesEmptyText
    case articlesNoneFound, articlesNoneFoundText, articleNew, articleEdit, articleTranslate
    case fieldArticleTitle, fieldArticleTitleHint, fieldArticleText, fieldArticleTextHint, fieldReaders
    case articleSave, articlePublish, articlePublishHint, articleRetire, articleDiscard, articleDraftWaits
    case articleDraftShow, articleVersions, articleVersion, articleAuthor, articleAt, articleByProgram
    case articleUsesTitle, articleTicketsTitle, articleLanguages, articleLanguageField, articlePart
    case errorArticleTitleMissing, errorArticleTextMissing, errorArticleChanged, doneArticleSaved
    case doneArticlePublished, doneArticleRetired, suggestionsTitle, suggestionsUse, resolveKnowledge
    case resolveKnowledgeHint, resolveArticle, resolveDraft, resolveWithout, resolveFind, resolveFindSubmit
    case errorKnowledgeMissing, helpTitle, helpIntro, helpNewest, helpSolvedAsk, helpSolved, helpSolvedTitle
    case helpSolvedText, similarTitle, similarIntro, similarSend, articleStateDraft, articleStatePublished
    case sentBeforeTitle, sentBeforeText, sentBeforeMail, sentBeforeAnyway
    case draftFiles, draftFilesHint, draftGone, draftFilesGone, draftGiveUp, draftGivenUp, draftsWaiting, draftUnnamed,
        draftTitle
    case articleStateRetired, readersPublic, readersInternal, readersTeam, noArticleOneOff
    case noArticleTooSimple, noArticleCauseUnknown, noArticleConfidential, noArticleNotSaid
    case articleUseSolved, articleUseOffered, articleUseSelfServed, articlePartSolvedBy, articlePartOffered
    case articlePartDraftedFrom

    // Routing
    case whyTitle, whyBefore, whyRule, whyFallback, whyAlways, whyFound, whyDecided, whyOpen, whyClosed, whyFull,
        whyStaffed, whyDeserted, whyLoad, whySpeaks
    case whyRoundRobin, whyLeastLoaded, whyAgain, whyVersion, factKind, factCategory, factImpact, factUrgency
    case factSupplier
    case factPriority, factSite, factTier, factSkill, factTeam, factPosition, factTag, factState, factChannel,
        factRecipient
    case factText, factSubject, factBody, factRequesterClass, factRequesterLanguage, factRequesterSite
    case factRequesterOrganisation, factOpen, factClosed, factHours, fieldTags, fieldTagsHint, fieldClass
    case fieldPriorityReason, priorityBasisMatrix, priorityBasisRule, priorityBasisPerson, actionClassify
    case actionClassifySubmit, classifyReasonHint, errorPriorityReason, errorTags, doneClassified, actionReroute
    case doneRerouted, availabilityTitle, availabilityAvailable, availabilityBusy, availabilityAway
    case availabilityUntil, availabilityUntilField, doneAvailability, expectOpens
    case absencesTitle, absencesIntro, absencesOwn, absencesOthers, absencesWho, absencesState, absencesOnDuty
    case absencePosition
    case absencesOffDuty, absentUntil, absentOpen, absenceEnter, absenceWho, absenceMyself, absenceWhy
    case absenceReasonSickness, absenceReasonHoliday, absenceReasonOther, absenceFrom, absenceFromHint
    case absenceUntil, absenceUntilHint, absenceDeputy, absenceNoDeputy, absenceDeputyHint, absenceDeputyIs
    case absenceSpan, absenceSince, absenceEnd, absenceWithdraw, absenceIsOver, absenceIsFarAway
    case absenceDoneEntered, absenceDoneEnded, absenceDoneStandIn, absenceDoneStandInEnded, standInTitle
    case standInNone, standInEnter, standInWho, standInInstead, standInAdded, standInFor, standInEnd
    case standInOwn, personOverline, personFacts, personName, personAddresses, personPrimary, personLanguage
    case personClass, personClassHint, personHome, personOrganisation, personRelation, relationInternal
    case relationExternal, personRelationUnknown, personColleague, personChange, personNewAddress, personAddAddress
    case personMakePrimary, personRemoveAddress, personTickets, personNoTickets, personTwins, personNoTwins
    case personCard, personTwinsHint
    case personMergeWill, personMerge, personMergeAddress, personMergeDo, personMergeThis, personMergeNobody
    case personApart, personDoneApart
    case personAddressTaken, personAddressNotHis, personAddressLast, personDoneChanged, personDoneMerged

    // Mail that came in, and hints that something has changed
    case navMail, inboundTitle, inboundIntro, inboundIntroOwn, inboundEmpty, inboundBecame, inboundReceived
    case inboundSender, inboundWhy, inboundNoSubject, inboundNoSender, inboundTicket, inboundClaims
    case inboundDecide, inboundRecipient, inboundEnvelope, inboundMessageID, inboundReports, inboundAddress
    case inboundCodes, inboundLasts, inboundHard, inboundSoft, inboundActs, inboundSort, inboundSortHint
    case inboundRelease, inboundReleaseHint, inboundAside, inboundAsideHint, inboundDoneSorted
    case inboundDoneAside, inboundDoneGone, inboundSettled, inboundStuck, claimsWaitTitle, claimsWait
    case claimsWaitMany, claimsShow, mailParkedShow, mailKindRequest, mailKindFollowUp, mailKindClaim
    case mailKindBounce, mailKindFeedback, mailKindAutoReply, mailKindDuplicate, mailKindUnreadable
    case mailKindParked, mailReasonNewRequest, mailReasonClaimRefused, mailReasonRequesterAnswered
    case mailReasonAnsweredClosed, mailReasonAnsweredMerged, mailReasonDeskAnswered, mailReasonOtherWords
    case mailReasonSupplierAnswered
    case mailReasonClaimAccepted, mailReasonClaim, mailReasonSeenBefore, mailReasonSameMessage
    case mailReasonSameWords, mailReasonDeliveryReport, mailReasonDeliveryNotification, mailReasonBounce
    case mailReasonReportInNoForm, mailReasonComplaint, mailReasonNoMoreMail, mailReasonAutomaticAnswer
    case mailReasonReceipt, mailReasonNoSender, mailReasonOwnLetter, mailReasonOwnAddress, mailReasonPutAside
    case mailReasonNoAuthor, mailReasonNothingInIt, mailReasonUnknownRecipient, mailReasonCannotBeKept
    case mailReasonTooMany, hintTicket, hintList, hintShow, hintDraft, hintLater
}
