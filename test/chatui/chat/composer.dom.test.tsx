import { act, createElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Attachment } from "#protocol/attachment";
import { Composer } from "../../../chatui/src/chat/composer.tsx";
import { SentFiles } from "../../../chatui/src/chat/sent-files.tsx";
import type { SendFile } from "../../../chatui/src/chat/use-attachments.ts";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

type Upload = {
  file: File;
  progress: (part: number) => void;
  done: (attachment: Attachment) => void;
  fail: (cause: Error) => void;
  signal: AbortSignal;
};

let root: Root;
let page: HTMLElement;
let uploads: Upload[];
let sent: { text: string; files: string[] }[];

beforeEach(() => {
  uploads = [];
  sent = [];
  page = document.createElement("div");
  document.body.append(page);
  root = createRoot(page);
  const sendFile: SendFile = (file, progress, signal) =>
    new Promise((done, fail) => uploads.push({ file, progress, done, fail, signal }));
  act(() =>
    root.render(
      createElement(Composer, {
        running: false,
        placeholder: "",
        sendFile,
        onStop() {},
        onSend: (text, files) => sent.push({ text, files: files.map((it) => it.attachment_id) }),
      }),
    ),
  );
});

afterEach(() => {
  act(() => root.unmount());
  page.remove();
});

const find = <T extends HTMLElement>(id: string) => page.querySelector<T>(`[data-testid="${id}"]`)!;
const chips = () => [...page.querySelectorAll<HTMLElement>('[data-testid="attachment-chip"]')];

function choose(...files: File[]): void {
  const input = find<HTMLInputElement>("attach-input");
  Object.defineProperty(input, "files", { value: files, configurable: true });
  act(() => {
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function write(text: string): void {
  const area = find<HTMLTextAreaElement>("composer");
  act(() => {
    const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set;
    setter?.call(area, text);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

const textFile = (name: string, text = "Hi") => new File([text], name, { type: "text/plain" });
const attachmentOf = (name: string): Attachment => ({
  attachment_id: `att_${name}`,
  name,
  media_type: "text/plain",
  size: 2,
});

async function finish(index: number, name: string): Promise<void> {
  await act(async () => uploads[index]?.done(attachmentOf(name)));
}

test("a chosen file goes up at once, shows how far it is, and goes with the message", async () => {
  choose(textFile("note.txt"));
  write("Please read this");
  expect(chips().map((it) => it.dataset.state)).toEqual(["sending"]);
  expect(find<HTMLButtonElement>("send").disabled).toBe(true);
  act(() => uploads[0]?.progress(0.4));
  expect(page.querySelector("progress")?.value).toBeCloseTo(0.4);
  await finish(0, "note.txt");
  expect(chips().map((it) => it.dataset.state)).toEqual(["ready"]);
  act(() => find("send").click());
  expect(sent).toEqual([{ text: "Please read this", files: ["att_note.txt"] }]);
  expect(chips()).toEqual([]);
});

test("a file that is refused says why and holds nothing up; it is left out of the message", async () => {
  choose(textFile("page.svg"));
  await act(async () => uploads[0]?.fail(new Error("Files of this type can't be used here.")));
  expect(page.querySelector('[role="alert"]')?.textContent).toBe(
    "page.svg: Files of this type can't be used here.",
  );
  write("Hello");
  act(() => find("send").click());
  expect(sent).toEqual([{ text: "Hello", files: [] }]);
});

test("a removed file is not sent, and its upload ends", () => {
  choose(textFile("a.txt"), textFile("b.txt"));
  act(() => chips()[0]?.querySelector("button")?.click());
  expect(uploads.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  expect(chips()).toHaveLength(1);
});

test("no more than five go with a message, and none that is too large even starts", async () => {
  choose(...["1", "2", "3", "4", "5", "6"].map((name) => textFile(name)));
  expect(uploads).toHaveLength(5);
  expect(chips().at(-1)?.textContent).toContain("5 files go with one message");
  const large = textFile("large.txt");
  Object.defineProperty(large, "size", { value: 11 * 1024 * 1024 });
  act(() => chips()[0]?.querySelector("button")?.click());
  choose(large);
  expect(uploads).toHaveLength(5);
  expect(chips().at(-1)?.textContent).toContain("is larger than 10 MB.");
});

test("files of a message that was sent are there to be saved", () => {
  const files = [{ ...attachmentOf("report.pdf"), size: 3_400_000 }];
  act(() => root.render(createElement(SentFiles, { files, urlOf: (id) => `/files/${id}` })));
  const link = find<HTMLAnchorElement>("sent-file");
  expect({ href: link.getAttribute("href"), name: link.download, words: link.textContent }).toEqual({
    href: "/files/att_report.pdf",
    name: "report.pdf",
    words: "report.pdf3.4 MB",
  });
});
