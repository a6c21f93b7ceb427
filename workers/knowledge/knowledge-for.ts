import { appError } from "#base/app-error";
import { sha256Hex } from "#base/sha256-hex";
import type { Knowledge as Port } from "#knowledge/knowledge";
import type { KnowledgeFile, PassageRow } from "#knowledge/open-index";
import { type Answer, unwrap } from "../app-data/answer.ts";
import type { Env } from "../env.ts";
import type { Knowledge } from "./knowledge.ts";
import type { AppTexts } from "./put-app-files.ts";

/** `Knowledge`, and what its owner and publishing do with it. */
export interface AppKnowledge extends Port {
  /** Errors: UNSUPPORTED_FILE, LIMIT_REACHED, UNAVAILABLE. */
  add(name: string, bytes: Uint8Array): Promise<KnowledgeFile>;
  /** Makes the app's own files these, by their names under `knowledge/`. */
  putApp(texts: Readonly<Record<string, string>>): Promise<void>;
  list(after: { name: string; file_id: string } | null, limit: number): Promise<KnowledgeFile[]>;
  file(fileId: string): Promise<KnowledgeFile | null>;
  /** In their order, from the one at `from` on. */
  passages(fileId: string, from: number, limit: number): Promise<PassageRow[]>;
  /** False where there is no such upload. */
  remove(fileId: string): Promise<boolean>;
  destroy(): Promise<void>;
}

const SCRATCH_LIFE_MS = 3_600_000;
const MAX_ATTEMPTS = 3;

/** One tenant's knowledge. `scratch` names a throw-away copy for acceptance conversations, empty until `putApp`. */
export function knowledgeFor(env: Env, enterpriseId: string, scratch?: string): AppKnowledge {
  const name = scratch === undefined ? enterpriseId : `${enterpriseId}:scratch:${scratch}`;

  /** A stub that threw stays broken, so each attempt takes its own. Every call is idempotent, so it may be repeated. */
  async function ask<T>(question: (object: DurableObjectStub<Knowledge>) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await question(env.KNOWLEDGE.getByName(name));
      } catch (error) {
        const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean };
        if (overloaded || (retryable && attempt >= MAX_ATTEMPTS)) throw appError("UNAVAILABLE");
        if (!retryable) throw error;
      }
    }
  }

  async function value<T>(
    question: (object: DurableObjectStub<Knowledge>) => Promise<Answer<T>>,
  ): Promise<T> {
    return unwrap(await ask(question));
  }

  return {
    search: (query, { files, top }) => ask((object) => object.search(query, { files: [...files], top })),
    add: (file, bytes) => value((object) => object.add(enterpriseId, file, bytes)),
    async putApp(texts) {
      const hashed: AppTexts = {};
      for (const [file, text] of Object.entries(texts)) {
        // By name too: the same words under two names are two files.
        const sha256 = await sha256Hex(`${file}\n${text}`);
        hashed[file] = { text, sha256 };
      }
      const whose = scratch === undefined ? { enterpriseId } : { lifeMs: SCRATCH_LIFE_MS };
      await value((object) => object.putApp(hashed, whose));
    },
    list: (after, limit) => ask((object) => object.list(after, limit)),
    file: (fileId) => ask((object) => object.file(fileId)),
    passages: (fileId, from, limit) => ask((object) => object.passages(fileId, from, limit)),
    remove: (fileId) => ask((object) => object.remove(enterpriseId, fileId)),
    destroy: () => ask((object) => object.destroy()),
  };
}
