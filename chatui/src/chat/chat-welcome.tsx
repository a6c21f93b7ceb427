type Props = { title: string; text: string; suggestions: string[]; onSay: (text: string) => void };

/** What stands where nothing has been said yet. */
export function ChatWelcome({ title, text, suggestions, onSay }: Props) {
  return (
    <div className="my-auto py-8">
      <h2 className="text-2xl font-semibold sm:text-3xl">{title}</h2>
      <p className="mt-2 max-w-xl text-lg text-soft">{text}</p>
      {suggestions.length > 0 && (
        <ul className="mt-6 flex flex-col items-start gap-2">
          {suggestions.map((suggestion) => (
            <li key={suggestion}>
              <button
                type="button"
                onClick={() => onSay(suggestion)}
                className="rounded-xl border border-line bg-surface px-4 py-2.5 text-left transition hover:border-edge hover:bg-sunken"
              >
                {suggestion}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
