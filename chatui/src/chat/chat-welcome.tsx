import type { ClientWorkflow } from "#protocol/api/workflow";

/** `welcome`, `suggestions`: the app's, for a workflow without its own. */
type Props = {
  workflow: ClientWorkflow;
  welcome: string | undefined;
  suggestions: string[] | undefined;
  onSay: (text: string) => void;
};

/** What stands where nothing has been said yet. */
export function ChatWelcome({ workflow, welcome, suggestions = [], onSay }: Props) {
  const offered = workflow.suggestions.length > 0 ? workflow.suggestions : suggestions;
  return (
    <div className="my-auto py-8">
      <h2 className="text-2xl font-semibold sm:text-3xl">
        <bdi>{workflow.display_name}</bdi>
      </h2>
      <p className="mt-2 max-w-xl text-lg text-soft">
        <bdi>{workflow.welcome ?? welcome ?? workflow.description}</bdi>
      </p>
      {offered.length > 0 && (
        <ul className="mt-6 flex flex-col items-start gap-2">
          {offered.map((suggestion) => (
            <li key={suggestion}>
              <button
                type="button"
                onClick={() => onSay(suggestion)}
                className="rounded-xl border border-line bg-surface px-4 py-2.5 text-start transition hover:border-edge hover:bg-sunken"
              >
                <bdi>{suggestion}</bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
