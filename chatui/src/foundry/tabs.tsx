type Props<T extends string> = {
  label: string;
  all: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
};

/** Parts of one page, one at a time. */
export function Tabs<T extends string>({ label, all, value, onChange }: Props<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a set of buttons that switch, no field set of a form
    <div role="group" aria-label={label} className="-mb-px flex gap-1 overflow-x-auto">
      {all.map((it) => (
        <button
          key={it.value}
          type="button"
          aria-pressed={it.value === value}
          onClick={() => onChange(it.value)}
          className="border-b-2 border-transparent px-3 py-2 text-[0.95rem] font-medium whitespace-nowrap text-soft outline-offset-[-2px] hover:text-ink aria-pressed:border-accent aria-pressed:text-ink"
        >
          {it.label}
        </button>
      ))}
    </div>
  );
}
