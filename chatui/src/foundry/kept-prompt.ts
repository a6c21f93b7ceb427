import type { Plan } from "#protocol/api/plan";
import { newId } from "../api/new-id.ts";

/** A prompt on its way to a build: kept while its author signs up, and across a reload. */
export type KeptPrompt = {
  prompt: string;
  /** The Idempotency-Key of its build: however often it is sent, one app comes of it. */
  key: string;
  /** What was planned of it and looked at, if it was. */
  plan?: Plan;
};

const SLOT = "mozaiks.prompt";

export function keepPrompt(prompt: string, plan?: Plan): KeptPrompt {
  const kept = { prompt, key: newId(), ...(plan && { plan }) };
  sessionStorage.setItem(SLOT, JSON.stringify(kept));
  return kept;
}

export function keptPrompt(): KeptPrompt | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(SLOT) ?? "null") as KeptPrompt | null;
    return kept?.prompt && kept.key ? kept : null;
  } catch {
    return null;
  }
}

export function forgetPrompt(): void {
  sessionStorage.removeItem(SLOT);
}
