import { ArrowRight, X } from "lucide-react";
import { Badge } from "../ui/badge.tsx";
import { type AppModels, chainOf, type ModelUser } from "./app-models.ts";
import { ModelPicker } from "./model-picker.tsx";
import { canBeHad, type KnownModels, priceWords, shortName } from "./model-words.ts";

type Props = { app: AppModels; known: KnownModels };
type Change = (user: Pick<ModelUser, "path" | "agent">, model: string | null) => void;

/** A workflow with its agents: what each asks, what that costs, and who stands in. */
export function WorkflowModels({
  app,
  known,
  workflow,
  onChange,
}: Props & { workflow: AppModels["workflows"][number]; onChange: Change }) {
  const { title, path, model, agents } = workflow;
  const asked = model ?? app.model;
  return (
    <li className="space-y-4 p-4 sm:p-5">
      <ModelLine
        {...{ app, known, title, model }}
        chain={chainOf(app, model)}
        inherit={`As the app (${shortName(app.model)})`}
        onChange={(next) => onChange({ path, agent: null }, next)}
      />
      {agents.length > 0 && (
        <details open={agents.some((it) => it.model !== null)}>
          <summary className="w-fit cursor-pointer text-sm text-soft select-none hover:text-ink">
            {agents.length === 1 ? "Its agent" : `Its ${agents.length} agents`}
          </summary>
          <ul className="mt-3 space-y-4 border-s-2 border-line ps-4">
            {agents.map((it) => (
              <li key={it.agent}>
                <ModelLine
                  {...{ app, known, title: it.title, model: it.model }}
                  chain={chainOf(app, it.model, model)}
                  inherit={`As the workflow (${shortName(asked)})`}
                  onChange={(next) => onChange(it, next)}
                />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

type LineProps = Props & {
  title: string;
  model: string | null;
  chain: string[];
  inherit?: string;
  onChange: (model: string | null) => void;
};

export function ModelLine({ app, known, title, model, chain, inherit, onChange }: LineProps) {
  const [first = app.model, ...others] = chain;
  const isThere = canBeHad(first, known, app.providers);
  return (
    <div className="grid gap-x-6 gap-y-2 md:grid-cols-[1fr_18rem]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{title}</span>
          {!isThere && <Badge tone="bad">not here</Badge>}
        </p>
        <p className="text-sm text-soft">{priceWords(first, known)}</p>
        {others.length > 0 && (
          <p className="mt-1 flex flex-wrap items-center gap-1.5 text-sm text-soft">
            <span>If it does not answer:</span>
            {others.map((it, index) => (
              <span key={it} className="inline-flex items-center gap-1.5">
                {index > 0 && <ArrowRight className="size-3.5" role="img" aria-label="then" />}
                <code className="rounded-md bg-sunken px-1.5 py-0.5 font-mono text-[0.8rem] break-all text-ink">
                  {it}
                </code>
              </span>
            ))}
          </p>
        )}
      </div>
      <ModelPicker
        label={`Model of ${title}`}
        value={model}
        {...(inherit === undefined ? {} : { inherit })}
        known={known}
        own={Object.keys(app.providers)}
        onChange={onChange}
      />
    </div>
  );
}

/** At most three, in the order they are asked. */
const MAX_FALLBACKS = 3;

export function FallbackModels({ app, known, onChange }: Props & { onChange: (models: string[]) => void }) {
  const { fallback } = app;
  return (
    <fieldset className="space-y-2">
      <legend className="font-medium">If it does not answer</legend>
      <p className="text-sm text-soft">
        Asked in this order, for the whole app, each at its own price, until one says something.
      </p>
      {fallback.length > 0 && (
        <ol className="space-y-2">
          {fallback.map((it, index) => (
            <li key={it} className="flex items-center gap-3 rounded-xl bg-sunken py-1.5 ps-3.5 pe-1.5">
              <span className="text-sm text-soft tabular-nums">{index + 1}</span>
              <span className="min-w-0 flex-1">
                <code className="font-mono text-sm break-all">{it}</code>
                <span className="block text-sm text-soft">{priceWords(it, known)}</span>
              </span>
              {!canBeHad(it, known, app.providers) && <Badge tone="bad">not here</Badge>}
              <button
                type="button"
                aria-label={`Don’t fall back to ${it}`}
                className="grid size-9 place-items-center rounded-lg text-soft hover:bg-surface hover:text-ink"
                onClick={() => onChange(fallback.filter((other) => other !== it))}
              >
                <X className="size-4" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ol>
      )}
      {fallback.length < MAX_FALLBACKS && (
        <div className="max-w-72">
          <ModelPicker
            key={fallback.length}
            label="Add a model to fall back to"
            value={null}
            inherit="Add a model…"
            known={known}
            own={Object.keys(app.providers)}
            without={[app.model, ...fallback]}
            onChange={(model) =>
              model !== null &&
              model !== app.model &&
              !fallback.includes(model) &&
              onChange([...fallback, model])
            }
          />
        </div>
      )}
    </fieldset>
  );
}
