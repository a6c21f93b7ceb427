import { createContext } from "react";

/** Whose build the cards of a build's chat belong to. */
export const EnterpriseContext = createContext("");
