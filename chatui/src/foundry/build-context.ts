import { createContext, useContext } from "react";
import type { Build } from "#protocol/api/build";

/** How the build that a page shows stands; its plan's card is open only while it is `planned`. */
export const BuildContext = createContext<Build["status"]>("planned");

export function useBuildStatus(): Build["status"] {
  return useContext(BuildContext);
}
