// Apart from the schemas, so that a page can know the limits without carrying their library.

/** The largest frame a client may send, in bytes of UTF-8. */
export const MAX_FRAME_BYTES = 32 * 1024;

/** The longest message a person may send, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 20_000;

/** At most this many files go with one message. */
export const MAX_ATTACHMENTS = 5;
/** Bytes of one. */
export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;

/** A chat is called by its first message, cut to this many characters, until its person says otherwise. */
export const MAX_CHAT_TITLE = 80;
