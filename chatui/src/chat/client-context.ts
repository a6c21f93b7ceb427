import { createContext } from "react";
import type { Client } from "../api/http.ts";

/** Whom the chats below speak to, and as whom: the page's own address by default. */
export const ClientContext = createContext<Client>({ base: "" });
