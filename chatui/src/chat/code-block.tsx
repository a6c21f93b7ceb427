import { CopyButton } from "./copy-button.tsx";

/** Code, scrolling by itself, to be copied. */
export function CodeBlock({ language, text }: { language: string; text: string }) {
  return (
    <div dir="ltr" className="overflow-hidden rounded-xl border border-line bg-sunken text-left">
      <div className="flex items-center justify-between ps-4 pe-1 pt-1 text-xs text-soft">
        <span>{language}</span>
        <CopyButton text={text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
