/** Signatures of a zip's records, little-endian. */
export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
export const END = 0x06054b50;

/** The flag of names in UTF-8. */
export const UTF_8 = 0x0800;
