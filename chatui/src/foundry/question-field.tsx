import type { Question } from "#protocol/api/question";
import { classNames } from "../ui/class-names.ts";
import { Field } from "../ui/field.tsx";
import type { Given } from "./given-answers.ts";

type Answer = Given[string];
type Props = { question: Question; given: Answer; onChange: (given: Answer) => void };

/** One question: its answers as chips to tick, and room for something else where that is asked for. */
export function QuestionField({ question, given, onChange }: Props) {
  const { id, text, options, multiple = false, free_text = false } = question;
  const choose = (value: string, ticked: boolean) => {
    const others = multiple ? given.values.filter((it) => it !== value) : [];
    onChange({ ...given, values: ticked ? [...others, value] : others });
  };
  return (
    <fieldset className="space-y-3">
      <legend className="font-medium">
        {text} {multiple && <span className="text-sm font-normal text-soft">Choose any.</span>}
      </legend>
      <div className="flex flex-wrap gap-2">
        {options.map(({ value, label }) => {
          const ticked = given.values.includes(value);
          return (
            <label
              key={value}
              className={classNames(
                "flex cursor-pointer items-center gap-2 rounded-full border px-3.5 py-2 text-[0.95rem] transition has-focus-visible:outline-2",
                ticked ? "border-accent bg-accent-wash" : "border-edge/60 hover:border-edge",
              )}
            >
              <input
                type="checkbox"
                className="size-4 accent-(--color-accent)"
                checked={ticked}
                onChange={(event) => choose(value, event.target.checked)}
              />
              {label}
            </label>
          );
        })}
      </div>
      {free_text && (
        <Field
          label="Something else"
          name={id}
          maxLength={200}
          value={given.words}
          onChange={(event) => onChange({ ...given, words: event.target.value })}
        />
      )}
    </fieldset>
  );
}
