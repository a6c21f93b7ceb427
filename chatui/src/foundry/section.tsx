import { type ReactNode, useEffect, useRef } from "react";

type SectionProps = { id?: string; title: string; text: string; children: ReactNode };

/** A part of an app's settings: what it is about beside what can be set. */
export function Section({ id, title, text, children }: SectionProps) {
  const section = useRef<HTMLElement>(null);
  // The page's data comes after its address was looked at: a link to a section is followed once it stands.
  useEffect(() => {
    if (id !== undefined && location.hash === `#${id}`) section.current?.scrollIntoView();
  }, [id]);
  return (
    <section ref={section} id={id} className="grid gap-5 py-8 md:grid-cols-[16rem_1fr] md:gap-10">
      <div>
        <h2 className="text-lg font-semibold">{title}</h2>
        <p className="mt-1 text-[0.95rem] text-soft">{text}</p>
      </div>
      <div className="min-w-0 max-w-xl">{children}</div>
    </section>
  );
}
