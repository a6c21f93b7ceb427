import { MAX_SOCKETS_PER_USER } from "#protocol/chat-limits";
import { MAX_ATTACHMENT_BYTES } from "#protocol/frames/limits";

/** Every limit of the platform, with its unit in its name. */
export const LIMITS = {
  /** Steps (model calls) of one run before it stops. */
  runMaxSteps: 16,
  runMaxHandoffs: 6,
  runMaxToolCalls: 24,
  /** Automatic steps from agent to agent (`next`) in one run. */
  runMaxPasses: 12,
  /** Agents that wait for one another's answers. */
  runMaxDepth: 3,
  /** The very same call that fails, in so many steps of a run: then it is stopped. */
  runMaxSameFailures: 3,
  /** Failed calls of a run in a row, whatever they were. */
  runMaxFailuresInRow: 8,
  /** Times an answer that must be JSON is asked for again. */
  outputMaxRepairs: 2,
  /** A reason of a hand-off, characters. */
  handoffReasonMaxChars: 500,
  /** What one agent asks or tells another, characters. */
  askMaxChars: 8_000,
  /** A tool call's arguments as JSON; larger ones are not looked at. */
  toolArgsMaxBytes: 64 * 1024,
  /** A variable as JSON. */
  variableMaxBytes: 8 * 1024,
  /** Attempts at one run after interruptions; counted before the work. */
  runMaxAttempts: 3,
  stepMaxOutputTokens: 2_048,
  /** Of a model that plans an app, in one answer. */
  planMaxOutputTokens: 8_192,
  firstTokenTimeoutMs: 20_000,
  /** Asks of one model for one answer, before the next of the chain is asked. */
  modelMaxAttempts: 3,
  /** The first wait before a model is asked again; each further one is twice as long. */
  modelRetryMs: 500,
  /** A model that wants to be left alone for longer is not asked again. */
  modelRetryMaxMs: 10_000,
  /** An answer that is longer than its tokens can be is cut off. */
  answerMaxBytesPerToken: 12,
  betweenTokensTimeoutMs: 30_000,
  /** A hold that was never settled ends after this, and so does a call that is still speaking. */
  holdTtlMs: 5 * 60_000,
  /** A lease whose chat is not heard of ends after this: longer than a call may last. */
  leaseTtlMs: 10 * 60_000,
  /** A lease that nothing is done with is given back after this. */
  leaseIdleMs: 30_000,
  /** The file store has not answered by then: the turn fails, and may be tried again. */
  fileStoreTimeoutMs: 10_000,
  /** A ledger that has not answered by then can't be reached. */
  ledgerTimeoutMs: 4_000,
  /** An answer that is still coming is counted this often. */
  checkpointMs: 2_000,
  /** What was used is told to the ledger within this, also in the middle of a long run. */
  usageReportMs: 1_000,
  /** Apps that one creator made and still has. */
  appsPerCreator: 20,
  chatTokenTtlMs: 15 * 60_000,
  socketMaxAgeMs: 12 * 3_600_000,
  /** A stream of a chat's log over HTTP ends after this, and its client comes back by `Last-Event-ID` and is checked anew. */
  streamMaxAgeMs: 15 * 60_000,
  /** A comment is sent on a stream that is silent for so long, so that nothing between takes it for dead. */
  streamKeepAliveMs: 15_000,
  streamsPerChat: 20,
  /** How long the app's team has for an approval that does not say. */
  teamApprovalMs: 24 * 3_600_000,
  /** An operator who has said nothing for so long has left the chat. */
  operatorIdleMs: 30 * 60_000,
  secretsPerApp: 100,
  /** Hosts of its own that an app may have or ask for. */
  domainsPerApp: 10,
  /** Slugs that an app had before and still holds. */
  oldSlugsPerApp: 10,
  /** A domain is not looked at more often, whoever asks. */
  domainCheckEveryMs: 10_000,
  keysPerApp: 50,
  queuedInputsPerChat: 20,
  /** Sockets that one person may have open on one chat: one more closes the oldest. */
  socketsPerUserPerChat: MAX_SOCKETS_PER_USER,
  /** Chats that one person may have sockets to: one more closes those to the chat they opened longest ago. */
  openChatsPerPerson: 100,
  /** Frames that a socket may send in one burst, and in a second of a long time. */
  socketFramesBurst: 40,
  socketFramesPerSecond: 20,
  /** Frames of a socket that are refused, for their form or their number, before it is closed; one is forgotten a second. */
  socketRefusalsBurst: 100,
  /** What waits for a socket's reader before it is told to resync, and before it is closed. */
  socketBehindBytes: 256 * 1024,
  socketLostBytes: 1024 * 1024,
  /** What is sent to a socket that neither says nor pings anything, before it is told to resync. */
  socketUnheardBytes: 1024 * 1024,
  /** One answer to a resume; the client asks for the rest when it has read this. */
  replayWindowBytes: 192 * 1024,
  /** Of one chat, to all its sockets: at once, and in a second of a long time. */
  replayBurstBytes: 32 * 1024 * 1024,
  replayBytesPerSecond: 1024 * 1024,
  /** Of parsed app versions that an isolate holds, by the length of their files. */
  versionCacheCharacters: 8 * 1024 * 1024,
  bodyMaxBytes: 1024 * 1024,
  /** An app's logo, and each of its sides. */
  logoMaxBytes: 512 * 1024,
  logoMaxPixels: 2_048,
  /** A CSV that is taken in, as it streams. */
  importMaxBytes: 20 * 1024 * 1024,
  /** What another system sends to a webhook. */
  hookMaxBytes: 256 * 1024,
  /** Endpoints of an app that are told what happens. */
  webhooksPerApp: 20,
  /** One request to such an endpoint, with what is kept of its answer. */
  webhookTimeoutMs: 10_000,
  webhookExcerptBytes: 1_024,
  /** Requests of one app that are under way; the platform has room for six. */
  webhookSendsAtOnce: 4,
  /** An endpoint that answers later than this is slow. */
  webhookSlowMs: 2_000,
  /** An endpoint that nothing has got through to for so long is switched off. */
  webhookFailingMs: 3 * 24 * 3_600_000,
  /** How long the log of what was sent is kept, and how many events, whatever their age. */
  webhookLogMs: 30 * 24 * 3_600_000,
  webhookDeliveriesKept: 10_000,
  /** The secret before is good for so long after it was replaced. */
  webhookOldSecretMs: 24 * 3_600_000,
  /** A text in an event. */
  webhookTextMaxChars: 8_000,
  /** An outbox that has not answered by then can't be reached; nobody but the chat's own housekeeping waits for it. */
  webhookTellMs: 4_000,
  /** Events that a chat tells in one call. */
  webhookEventsAtOnce: 50,
  /** How long a chat goes by what it heard of which events are wanted; it is told when that changes. */
  webhookWantsMs: 10 * 60_000,
  usageFramesPerSecond: 4,
  /** To all who watch one app: more than 250 of them get their frames less often. */
  usageFramesPerSecondOfAll: 1_000,
  toolResultMaxRows: 20,
  /** Rows of a table that a card shows. */
  cardMaxRows: 100,
  toolResultMaxBytes: 64 * 1024,
  /** A call to the outside, with its redirects and the whole answer; a tool may ask for less or for up to the longest. */
  toolTimeoutMs: 10_000,
  toolTimeoutLongestMs: 30_000,
  /** An answer from the outside, after decompression; what a model is shown of it is `toolResultMaxBytes`. */
  toolResponseMaxBytes: 1024 * 1024,
  egressMaxRedirects: 5,
  /** Attempts at a call that may be repeated, the first included. */
  toolMaxAttempts: 3,
  toolBackoffMs: 500,
  /** A host that asks to be left alone for longer is not asked again. */
  toolRetryAfterMaxMs: 5_000,
  /** Tools that one import gives. */
  importMaxTools: 100,
  /** Newest messages of a chat that a model call sees, at most. */
  historyMaxMessages: 60,
  /** Tokens of the conversation that a model call sees: newest turns whole until they are spent. */
  contextBudgetTokens: 12_000,
  /** A tool's answer in an earlier turn is shortened to this, as JSON characters. */
  oldOutcomeMaxChars: 600,
  /** What is remembered of turns that a model no longer sees. */
  gistMaxChars: 2_400,
  /** A provider's usage as JSON text beside its row; a larger one is not kept. */
  rawUsageMaxBytes: 2_048,
  /** A file of an app's knowledge, and one attached to a message. */
  uploadMaxBytes: MAX_ATTACHMENT_BYTES,
  knowledgeMaxFiles: 500,
  /** Of all files of an app: about 50 MB of text. */
  knowledgeMaxPassages: 50_000,
  /** Passages written in one step of indexing, so that nobody waits behind a large file. */
  knowledgeStepPassages: 500,
  /** Steps at one file that ended without having come through. */
  knowledgeMaxAttempts: 3,
  knowledgeMaxHits: 8,
  knowledgeQueryMaxCharacters: 500,
  /** A sent file whose row was never written is removed after this. */
  looseFileMs: 3_600_000,
  attachmentsPerChatMaxBytes: 100 * 1024 * 1024,
  /** An attachment that no message took is removed after this. */
  unusedAttachmentMs: 24 * 3_600_000,
  /** Newest messages whose attachments a model is shown; of older ones it gets the names. */
  attachmentsInMessages: 3,
  attachmentsInPromptMaxBytes: 20 * 1024 * 1024,
  attachmentTextMaxCharacters: 20_000,
  /** Conversations of one replay, and the newest turns of each that are replayed. */
  replayMaxChats: 50,
  replayMaxTurns: 20,
  /** What one replay may spend, in nano-USD ($2): its last call may pass it by what that call costs. */
  replayMaxNano: 2_000_000_000n,
  /** Replays of an app that are kept, and for how long. */
  replaysPerApp: 50,
  replayKeptMs: 7 * 24 * 3_600_000,
  /** Of a text, and of a call's arguments as JSON, as a replay's report shows them. */
  replayTextMaxChars: 2_000,
  replayArgsMaxChars: 500,
  /** When it is worth trying again, while an app is worked on. */
  maintenanceRetryS: 300,
  /** Invitations to run an app that nobody has answered. */
  invitationsPerApp: 100,
  invitationTtlMs: 7 * 24 * 3_600_000,
  /** Addresses that may come into an app which is for invited people. */
  invitedAddressesPerApp: 5_000,
  /** Between two mails of one invitation. */
  invitationResendMs: 60_000,
  /** How long ago somebody has signed in who hands an app over. */
  freshSessionMs: 10 * 60_000,
} as const;
