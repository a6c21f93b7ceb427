import { jsonLog } from "./log.ts";

/** The process's own log, for what is handed none. */
export const consoleLog = jsonLog((line) => console.log(line));
