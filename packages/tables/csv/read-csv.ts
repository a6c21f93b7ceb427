/** A field and whether it stood in quotes: an empty one without is no value, `""` is an empty text. */
export type CsvField = { text: string; quoted: boolean };
/** `line`: where the record begins, from 1. */
export type CsvRecord = { line: number; fields: CsvField[] };

/** Why a text is not CSV; `line` is where it goes wrong. */
export class CsvProblem extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const MAX_RECORD_CHARS = 1_000_000;
/** As many columns as the widest sheet has. */
const MAX_FIELDS = 16_384;

/**
 * Reads CSV as RFC 4180 has it (https://www.rfc-editor.org/rfc/rfc4180), piece by piece, in constant memory: lines end
 * in CRLF, LF or CR, blank lines are skipped, a byte order mark is too. @throws CsvProblem
 */
export function csvReader() {
  let line = 1;
  let begun = 1;
  let fields: CsvField[] = [];
  let text = "";
  let state: "start" | "plain" | "quoted" | "quote" = "start";
  let size = 0;
  let afterCr = false;
  let isFirst = true;

  function endField(): void {
    if (fields.length === MAX_FIELDS) throw new CsvProblem(begun, `has more than ${MAX_FIELDS} fields`);
    fields.push({ text, quoted: state === "quote" });
    text = "";
    state = "start";
  }

  function endRecord(): CsvRecord | null {
    const blank = fields.length === 0 && state === "start" && text === "";
    if (!blank) endField();
    const record = blank ? null : { line: begun, fields };
    fields = [];
    size = 0;
    return record;
  }

  /** The records that end in this piece. */
  function push(piece: string): CsvRecord[] {
    const records: CsvRecord[] = [];
    for (const char of isFirst && piece.startsWith("\ufeff") ? piece.slice(1) : piece) {
      if (++size > MAX_RECORD_CHARS) throw new CsvProblem(begun, "is too long, or a quote is never closed");
      const isLf = char === "\n";
      const isBreak = char === "\r" || (isLf && !afterCr);
      if (isBreak) line++;
      const ofCrLf = isLf && afterCr;
      afterCr = char === "\r";
      if (state === "quoted") {
        if (char === '"') state = "quote";
        else text += char;
      } else if (isLf && ofCrLf) begun = line;
      else if (isBreak) {
        const record = endRecord();
        if (record) records.push(record);
        begun = line;
      } else if (char === ",") endField();
      else if (char === '"' && state === "start") state = "quoted";
      else if (char === '"' && state === "quote") {
        state = "quoted";
        text += '"';
      } else if (char === '"' || state === "quote")
        throw new CsvProblem(line, "has a quote where none can stand");
      else {
        state = "plain";
        text += char;
      }
    }
    if (piece !== "") isFirst = false;
    return records;
  }

  /** The last record, if the text does not end with a line's end. */
  function end(): CsvRecord | null {
    if (state === "quoted") throw new CsvProblem(begun, "has a quote that is never closed");
    return endRecord();
  }

  return { push, end };
}
