/** What is said of a call whose effect may have happened (F21): never "failed", or it would be tried again. */
export const UNKNOWN = "It is not known whether this was done: something broke. Look before doing it again.";
