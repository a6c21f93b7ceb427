import type { AppData } from "./app-data/app-data.ts";
import type { ChatSession } from "./chat-session/chat-session.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import type { RateLimiter } from "./rate-limiter/rate-limiter.ts";
import type { Replays } from "./replays/replays.ts";
import type { TokenLedger } from "./token-ledger/token-ledger.ts";
import type { Triggers } from "./triggers/triggers.ts";
import type { WebhooksOut } from "./webhooks-out/webhooks-out.ts";

/** Bindings, variables and secrets of the Worker, as `wrangler.toml` and the local secrets name them. */
export type Env = {
  ASSETS: Fetcher;
  DB: D1Database;
  FILES: R2Bucket;
  CHAT_SESSION: DurableObjectNamespace<ChatSession>;
  TOKEN_LEDGER: DurableObjectNamespace<TokenLedger>;
  APP_DATA: DurableObjectNamespace<AppData>;
  TRIGGERS: DurableObjectNamespace<Triggers>;
  WEBHOOKS_OUT: DurableObjectNamespace<WebhooksOut>;
  KNOWLEDGE: DurableObjectNamespace<Knowledge>;
  REPLAYS: DurableObjectNamespace<Replays>;
  RATE_LIMITER: DurableObjectNamespace<RateLimiter>;
  /** The platform's own rate limits, as wrangler.toml sets them: of an address; of a person or key. */
  REQUESTS: RateLimit;
  CALLS: RateLimit;
  STARTS: RateLimit;
  OPENINGS: RateLimit;
  UPLOADS: RateLimit;
  /** Origin of the foundry, e.g. `http://localhost:8787`. */
  FOUNDRY_URL: string;
  /** Host under which apps live: `{slug}.{APPS_HOST}`, with a port where there is one. */
  APPS_HOST: string;
  /** Where domains of apps have to lead (CNAME); `cname.{APPS_HOST}` by default. */
  CNAME_TARGET?: string;
  /**
   * Cloudflare for SaaS, which routes apps' own domains here and gives them certificates: the zone's id, and a token
   * (a secret) that may edit its custom hostnames. Without them, only a platform on plain http (a local one) has
   * domains, without certificates.
   */
  CF_ZONE_ID?: string;
  CF_API_TOKEN?: string;
  /** `https://api.cloudflare.com/client/v4` by default. */
  CF_API_URL?: string;
  /** DNS over HTTPS as JSON; `https://cloudflare-dns.com/dns-query` by default. */
  DNS_RESOLVER_URL?: string;
  /** Rates of the operator's own over those of `packages/base/rates.ts`: a JSON object, name → `{max, per_ms?}`. */
  RATE_LIMITS?: string;
  /**
   * Nano-USD a new enterprise starts with, as long as its maker has trials left. Where mail is really sent, not before
   * its maker has proven their address; `TRIAL_NEEDS_PROOF` says `yes` or `no` to that anyway.
   */
  TRIAL_GRANT_NANO: string;
  TRIAL_NEEDS_PROOF?: string;
  /**
   * The operator's own prices above the providers': a JSON array of `{model, input, output, cache_read?,
   * cache_write?, reasoning?, valid_from?}` in USD per million tokens. While it is not valid, nothing is spent.
   */
  PRICES?: string;
  /**
   * The operator's model providers: a JSON object, name → `{kind, base_url?, api_key_env?, gateway_token_env?}`, see
   * `packages/models/providers/config.ts`. While it is not valid, only the embedded model is there.
   */
  MODEL_PROVIDERS?: string;
  /** The model that plans apps, e.g. `anthropic/claude-sonnet-5`. Unset: they are planned by rules. */
  GENERATOR_MODEL?: string;
  /** The most that planning one build by a model may cost, in nano-USD; half a dollar unless set. */
  BUILD_COST_CAP_NANO?: string;
  /** Workers AI: where bound, its models are `workers-ai/@cf/…`. Not bound by default, for it can't run offline. */
  AI?: Ai;
  /** Analytics Engine: where bound, requests are counted there. */
  METRICS?: AnalyticsEngineDataset;
  /** An index of vectors: where bound, with `AI`, apps' files are also found by what they mean. */
  VECTORIZE?: Vectorize;
  /**
   * Hosts that tools may reach although they are private or speak plain http, with a port where it is not the usual
   * one: `10.0.0.7:8080, crm.lan`. For the operator's own services; `allow_hosts` of an app must name them too.
   */
  EGRESS_ALLOW?: string;
  /** Secret of better-auth. At least 32 characters. */
  AUTH_SECRET: string;
  /** Secret that signs chat tokens (HS256). At least 32 characters. */
  TOKEN_SECRET: string;
  /** Secret that wraps the keys of apps' secrets (AES-256-GCM). At least 32 characters. */
  SECRETS_KEY: string;
  /** The one before, while what it wrapped is still about: see `workers/rewrap-secrets.ts`. */
  SECRETS_KEY_OLD?: string;
  /** Key of Resend, and the sender that it may send from: `Acme <hello@acme.com>`. Both, or no mail by it. */
  RESEND_API_KEY?: string;
  MAIL_FROM?: string;
  /** Cloudflare's own sending of mail: where bound, with MAIL_FROM, messages go by it. */
  EMAIL?: SendEmail;
  /** `local`: messages stay on this machine, to be read at `/dev/mail`. Set by `npm start` and tests, never deployed. */
  MAILBOX?: string;
  /** Clients of the foundry's own sign-in at Google and GitHub. An app has its own, in its settings and secrets. */
  GOOGLE_CLIENT_ID?: string;
  GOOGLE_CLIENT_SECRET?: string;
  GITHUB_CLIENT_ID?: string;
  GITHUB_CLIENT_SECRET?: string;
};
