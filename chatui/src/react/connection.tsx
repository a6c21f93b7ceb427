import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { Site } from "#protocol/api/site";
import type { Branding } from "#protocol/app-file/branding";
import { failure } from "../api/failure.ts";
import { type Client, getJson } from "../api/http.ts";
import type { AppSite } from "../branded/app-site.ts";
import { ClientContext } from "../chat/client-context.ts";
import { languageOf, speak } from "../words/words.ts";
import type { MozaiksEvent, MozaiksProviderProps, MozaiksToken } from "./types.ts";
import { useAnswer } from "./use-answer.ts";
import { createVisitors, keptInBrowser } from "./visitors.ts";

export type Connection = {
  site: AppSite | null;
  /** What keeps the chat from coming. */
  error: unknown;
  again: () => void;
  /** Somebody is there, so chats can be asked for. */
  ready: boolean;
  branding: Branding;
  name: string;
  logo: ReactNode;
  tell: (event: MozaiksEvent) => void;
  signedOut: () => void;
};

const ConnectionContext = createContext<Connection | null>(null);

export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error("This stands below <MozaiksProvider>.");
  return connection;
}

const NO_GUESTS = failure(401, "UNAUTHENTICATED", "Sign in first: this app lets no guests in.", false);
const got = async (token: MozaiksToken) => (typeof token === "function" ? token() : token);

/** Finds out which app is meant, and who chats with it; shows nothing by itself. */
export function MozaiksProvider({ children, ...props }: MozaiksProviderProps) {
  const { enterprise_id, language, branding: own } = props;
  const base = (props.platform ?? "").replace(/\/$/, "");
  // The newest of what may be new at each rendering; what is asked for does not begin anew for it.
  const newest = useRef(props);
  newest.current = props;
  const byToken = props.token !== undefined;
  const named = props.identity !== undefined;

  const asked = useCallback(async () => {
    const site = await getJson<Site>("/api/site", { base, token: async () => null });
    if (site.kind !== "app" || site.enterprise_id !== enterprise_id)
      throw new Error(`There is no app ${enterprise_id} at ${base || location.origin}.`);
    return site;
  }, [base, enterprise_id]);
  const { data: site, error: noSite, again } = useAnswer(asked);

  const visitors = useMemo(
    () => createVisitors(base, enterprise_id, keptInBrowser(enterprise_id)),
    [base, enterprise_id],
  );
  const { visitor, failed } = useSyncExternalStore(visitors.subscribe, visitors.state, visitors.state);
  const [introduced, setIntroduced] = useState(false);
  const guests = site?.sign_in.guest === true;
  const comeIn = useCallback(async () => {
    const { identity } = newest.current;
    if (identity !== undefined) await visitors.be(await got(identity).catch(() => ""));
    else if (visitors.state().visitor?.signed !== false) {
      visitors.forget();
      if (guests) await visitors.beGuest();
    }
    setIntroduced(true);
  }, [visitors, guests]);
  useEffect(() => {
    if (site && !byToken) void comeIn();
  }, [site, byToken, comeIn, typeof props.identity === "string" ? props.identity : named]);

  const session = visitor?.token;
  const client = useMemo<Client>(
    () => ({
      base,
      token: byToken ? async () => got(newest.current.token ?? "") : async () => session ?? null,
    }),
    [base, byToken, session],
  );
  const spoken = languageOf(language) ?? site?.branding.language;
  useEffect(() => {
    if (spoken || site) void speak(spoken ?? "en");
  }, [spoken, site]);

  const tell = useCallback((event: MozaiksEvent) => newest.current.onEvent?.(event), []);
  const ready = site !== undefined && (byToken || (introduced && session !== undefined));
  const nobody = site && !byToken && introduced && session === undefined;
  const error = noSite ?? (nobody ? (failed ?? NO_GUESTS) : undefined);
  useEffect(() => {
    if (ready) tell({ type: "ready" });
  }, [ready, tell]);
  useEffect(() => {
    if (error !== undefined) tell({ type: "error", error: error as Error });
  }, [error, tell]);

  const primary = own?.colors?.primary;
  const theme = own?.theme;
  const branding = useMemo<Branding>(() => {
    const set = { ...site?.branding };
    if (primary !== undefined) set.primary_color = primary;
    if (theme !== undefined) set.theme = theme;
    return set;
  }, [site, primary, theme]);
  const signedOut = useCallback(() => {
    visitors.forget();
    void comeIn();
  }, [visitors, comeIn]);
  const name = own?.name ?? site?.name ?? "";
  const logo = own?.logo ?? (site?.logo ? `${base}${site.logo}` : undefined);
  const value = useMemo<Connection>(
    () => ({
      site: site ?? null,
      error,
      again: noSite ? again : signedOut,
      ready,
      branding,
      name,
      logo,
      tell,
      signedOut: byToken ? () => {} : signedOut,
    }),
    [site, error, noSite, again, ready, branding, name, logo, tell, byToken, signedOut],
  );
  return (
    <ConnectionContext value={value}>
      <ClientContext value={client}>{children}</ClientContext>
    </ConnectionContext>
  );
}
