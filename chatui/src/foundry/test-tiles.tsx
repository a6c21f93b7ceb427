import type { AcceptanceResult, Build } from "#protocol/api/build";
import { classNames } from "../ui/class-names.ts";

/** The app's own conversations while they are held: a tile for each that has ended, and the newest by name. */
export function TestTiles({ build }: { build: Build }) {
  const cases = build.acceptance?.cases ?? [];
  if (build.status !== "testing") return null;
  return (
    <section
      aria-label="Test conversations"
      data-testid="test-tiles"
      className="rounded-2xl border border-line bg-surface p-5"
    >
      <h2 className="font-semibold">Talking with your app to see that it works</h2>
      <p className="mt-0.5 text-sm text-soft">
        Each tile is a conversation written from your plan, held with the real agents on scratch data.
      </p>
      <Tiles cases={cases} />
      <p className="mt-3 line-clamp-1 min-h-6 text-[0.95rem]">{cases.at(-1)?.name}</p>
    </section>
  );
}

/** A tile for each conversation: who reads with their ears hears the list of them elsewhere. */
export function Tiles({ cases }: { cases: AcceptanceResult[] }) {
  return (
    <div aria-hidden="true" className="mt-4 flex flex-wrap gap-1">
      {cases.map((it) => (
        <span
          key={`${it.workflow}/${it.name}`}
          title={it.name}
          className={classNames("size-4 animate-rise rounded", it.passed ? "bg-good/75" : "bg-bad")}
        />
      ))}
    </div>
  );
}
