import { DurableObject } from "cloudflare:workers";
import { LIMITS } from "#base/limits";
import { scopeOf } from "#enterprises/scope";
import { keepMeanings } from "#knowledge/keep-meanings";
import type { Hit } from "#knowledge/knowledge";
import type { Meanings } from "#knowledge/meanings";
import { type Index, type KnowledgeFile, openIndex, type PassageRow } from "#knowledge/open-index";
import { knowledgeFileKey } from "#workflows/file-key";
import { type Answer, answer, answerLater } from "../app-data/answer.ts";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { objectSql } from "../object-sql.ts";
import { within } from "../timer.ts";
import { addUpload } from "./add-upload.ts";
import { indexStep } from "./index-step.ts";
import { meaningsOf } from "./meanings-of.ts";
import { type AppTexts, putAppFiles } from "./put-app-files.ts";

/** Soon after it was refused or broken off, a step is tried again. */
const AGAIN_MS = 5_000;
/** Meanings can wait longer: until they are kept, the words are searched. */
const MEANINGS_AGAIN_MS = 60_000;
/** So long a search waits for meanings. */
const NEAR_MS = 1_500;
/** When a scratch copy deletes itself, and whose app this is, in the object's own storage. */
const END = "end";
const ENTERPRISE = "enterprise";

/**
 * One app's knowledge: its files, and the full-text index of their passages. Of its own beside the app's tables, so that
 * no tool waits while a large file is read. Reached through `knowledgeFor` only.
 */
export class Knowledge extends DurableObject<Env> {
  #index: Index | null = null;
  /** What changes contents in the file store comes one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  /** Keeps an upload, to be read soon. The same content twice is one file, with its first name. */
  async add(enterpriseId: string, name: string, bytes: Uint8Array): Promise<Answer<KnowledgeFile>> {
    return this.#inTurn(() =>
      answerLater(async () => {
        await this.ctx.storage.put(ENTERPRISE, enterpriseId);
        // Armed first: what breaks off from here on is tidied up.
        if ((await this.ctx.storage.getAlarm()) === null) await this.#wake(LIMITS.looseFileMs);
        const file = await addUpload(this.#open(), this.env.FILES, scopeOf(enterpriseId), { name, bytes });
        await this.#wake(0);
        return file;
      }),
    );
  }

  /** Makes the app's own files those of a version; `lifeMs`: a scratch copy, gone by itself after that. Found by their words when it answers. */
  async putApp(texts: AppTexts, whose: { enterpriseId: string } | { lifeMs: number }): Promise<Answer<null>> {
    const put = answer(() => {
      putAppFiles(this.#open(), texts);
      return null;
    });
    if ("lifeMs" in whose) {
      await this.ctx.storage.put(END, compose(this.env).clock.now() + whose.lifeMs);
      await this.#wake(whose.lifeMs);
    } else if (meaningsOf(this.env, whose.enterpriseId)) {
      await this.ctx.storage.put(ENTERPRISE, whose.enterpriseId);
      await this.#wake(0);
    }
    return put;
  }

  list(after: { name: string; file_id: string } | null, limit: number): KnowledgeFile[] {
    return this.#open().list(after, limit);
  }

  passages(fileId: string, from: number, limit: number): PassageRow[] {
    return this.#open().passagesOf(fileId, from, limit);
  }

  file(fileId: string): KnowledgeFile | null {
    return this.#open().file(fileId);
  }

  /** False if there is no such upload. Its content goes with it; what can't be removed now is removed later. */
  async remove(enterpriseId: string, fileId: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const index = this.#open();
      const file = index.file(fileId);
      if (file?.source !== "upload") return false;
      index.loosen(file.sha256);
      index.remove(fileId);
      await this.ctx.storage.put(ENTERPRISE, enterpriseId);
      await this.#wake(0);
      await this.#tidy(index, compose(this.env).clock.now());
      return true;
    });
  }

  async search(query: string, options: { files: string[]; top: number }): Promise<Hit[]> {
    const index = this.#open();
    return index.search(query, options, await this.#near(index, query));
  }

  /**
   * Deletes everything; the object is then as if it had never been. Contents in the file store are the caller's to
   * delete. Throws where its meanings can't be forgotten: it is then to be asked again.
   */
  async destroy(): Promise<void> {
    const meanings = await this.#meanings();
    if (meanings)
      await this.#inTurn(async () => {
        const index = this.#open();
        index.clearAll();
        for (let left = "more"; left !== "done"; left = await keepMeanings(index, meanings))
          if (left === "again") throw new Error("meanings are away");
      });
    this.#index = null;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  /** One bounded step at what is to be read; then what is loose in the file store. */
  override async alarm(): Promise<void> {
    const now = compose(this.env).clock.now();
    const end = await this.ctx.storage.get<number>(END);
    if (end !== undefined && end <= now) return this.destroy();
    const enterpriseId = await this.ctx.storage.get<string>(ENTERPRISE);
    if (enterpriseId === undefined) return;
    const index = this.#open();
    const more = await indexStep(index, this.env.FILES, scopeOf(enterpriseId));
    if (more === "again") return this.#wake(AGAIN_MS);
    if (more === "more") return this.#wake(0);
    await this.#inTurn(() => this.#tidy(index, now - LIMITS.looseFileMs));
    const meanings = await this.#meanings();
    const left = meanings ? await this.#inTurn(() => keepMeanings(index, meanings)) : "done";
    if (left !== "done") await this.#wake(left === "more" ? 0 : MEANINGS_AGAIN_MS);
    else if (index.hasLoose()) await this.#wake(LIMITS.looseFileMs);
  }

  /** Of the app's own copy alone: a scratch one is searched by words. */
  async #meanings(): Promise<Meanings | null> {
    const enterpriseId = await this.ctx.storage.get<string>(ENTERPRISE);
    return enterpriseId === undefined ? null : meaningsOf(this.env, enterpriseId);
  }

  /** Passages near to the question; none where they can't be had in time, for its words are enough. */
  async #near(index: Index, question: string): Promise<number[]> {
    const meanings = index.hasMeanings() ? await this.#meanings() : null;
    if (!meanings) return [];
    const asked = question.slice(0, LIMITS.knowledgeQueryMaxCharacters);
    return within(NEAR_MS, meanings.near(asked), () => new Error("no answer")).catch((cause: unknown) => {
      compose(this.env).log("warn", "knowledge.meanings_away", { cause: String(cause) });
      return [];
    });
  }

  /** Removes contents that no file has since `before`. A store that is away is asked again later. */
  async #tidy(index: Index, before: number): Promise<void> {
    const enterpriseId = await this.ctx.storage.get<string>(ENTERPRISE);
    if (enterpriseId === undefined) return;
    index.holdKnown();
    for (const sha256 of index.orphans(before)) {
      try {
        await this.env.FILES.delete(knowledgeFileKey(scopeOf(enterpriseId), sha256));
        index.hold(sha256);
      } catch (cause) {
        compose(this.env).log("warn", "knowledge.orphan_kept", { sha256, cause: String(cause) });
      }
    }
  }

  #open(): Index {
    this.#index ??= openIndex(objectSql(this.ctx.storage), compose(this.env).clock);
    return this.#index;
  }

  #wake(inMs: number): Promise<void> {
    return this.ctx.storage.setAlarm(Date.now() + inMs);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work, work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
