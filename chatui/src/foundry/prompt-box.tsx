import { ArrowRight } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { MAX_TEXT_LENGTH } from "#protocol/frames/limits";
import { Button } from "../ui/button.tsx";
import { isSendKey } from "../ui/is-send-key.ts";

const EXAMPLES = [
  {
    label: "Customer support",
    prompt: "Build a customer support app that handles refunds and tracks orders",
  },
  {
    label: "Dental clinic",
    prompt:
      "An assistant for my dental clinic that books appointments and answers questions about treatments",
  },
  {
    label: "Gym",
    prompt: "An app for my gym where members book classes and report broken equipment",
  },
  {
    label: "Bike rental",
    prompt: "A bike rental app that takes reservations, checks returns and collects complaints",
  },
];

const SHORTEST_PROMPT = 3;

type Props = {
  initial?: string;
  busy?: boolean;
  label: string;
  onBuild: (prompt: string) => void;
  /** Whether to offer prompts to try. */
  examples?: boolean;
  placeholder?: string;
  /** What the button says. */
  action?: string;
};

/** One box, one button: what do you want to build? */
export function PromptBox({
  initial = "",
  busy,
  label,
  onBuild,
  examples = true,
  placeholder = "Build a customer support app that handles refunds and tracks orders",
  action = "Build it",
}: Props) {
  const id = useId();
  const [prompt, setPrompt] = useState(initial);
  const over = prompt.trim().length - MAX_TEXT_LENGTH;
  const ready = prompt.trim().length >= SHORTEST_PROMPT && over <= 0;
  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (ready && !busy) onBuild(prompt.trim());
  }
  function submitOnEnter(event: KeyboardEvent) {
    if (!isSendKey(event)) return;
    event.preventDefault();
    submit();
  }
  return (
    <div>
      <form
        onSubmit={submit}
        className="rounded-2xl border border-edge/50 bg-surface shadow-card transition focus-within:border-accent-ink"
      >
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <textarea
          id={id}
          data-testid="prompt"
          rows={3}
          aria-invalid={over > 0 || undefined}
          aria-describedby={over > 0 ? `${id}-over` : undefined}
          value={prompt}
          onChange={(event) => setPrompt(event.target.value)}
          onKeyDown={submitOnEnter}
          placeholder={placeholder}
          className="block field-sizing-content max-h-80 min-h-26 w-full resize-none rounded-2xl bg-transparent px-4 pt-4 text-lg leading-relaxed outline-none sm:px-5"
        />
        {over > 0 && (
          <p id={`${id}-over`} role="alert" className="px-4 pt-2 text-sm text-bad sm:px-5">
            Too long by {over.toLocaleString("en")} {over === 1 ? "character" : "characters"}. Shorten it.
          </p>
        )}
        <div className="flex items-center justify-between gap-3 p-3 sm:pl-5">
          <span className="hidden text-sm text-soft sm:block">
            Enter sends it, Shift + Enter starts a line
          </span>
          <Button type="submit" data-testid="build" busy={busy} disabled={!ready} className="ml-auto">
            {action}
            <ArrowRight className="size-4" aria-hidden="true" />
          </Button>
        </div>
      </form>
      {examples && <Examples onChoose={setPrompt} />}
    </div>
  );
}

function Examples({ onChoose }: { onChoose: (prompt: string) => void }) {
  return (
    <div className="mt-4 flex flex-wrap items-center gap-2">
      <span className="mr-1 text-sm text-soft">Try</span>
      {EXAMPLES.map((example) => (
        <button
          key={example.label}
          type="button"
          onClick={() => onChoose(example.prompt)}
          className="rounded-full border border-line bg-surface px-3.5 py-1.5 text-sm transition hover:border-edge hover:bg-sunken"
        >
          {example.label}
        </button>
      ))}
    </div>
  );
}
