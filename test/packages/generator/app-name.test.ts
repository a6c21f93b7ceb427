import { expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { planned } from "#test/support/planned";

test.each([
  ["Build a customer support app that handles refunds and tracks orders", "Customer Support"],
  ["meal plans and recipes for athletes", "Meal Plans and Recipes for Athletes"],
  ["dentist", "Dentist Appointments"],
  ["an app for my law firm to capture leads and book consultations", "Law Firm Leads and Consultations"],
  ["an app for a yoga studio so members can book yoga classes and cancel them", "Yoga Studio Classes"],
  ["A bike repair shop app", "Bike Repair Shop"],
  ["app with recipes and shopping lists", "Recipes and Shopping Lists"],
  ['An app called "Bee Happy" for beekeepers to log hive inspections', "Bee Happy"],
])("%s is called %s", (prompt, name) => {
  expect(planned(prompt).name).toBe(name);
});

test("sample values suit what they are values of", () => {
  const meals = JSON.stringify(planned("meal plans for athletes").tables);
  expect(meals).toContain("Gain muscle");
  expect(meals).not.toMatch(/\bexam\b|beginner/);
  const bikes = planned("A bike repair shop app");
  expect(JSON.stringify(filesFrom(bikes))).not.toMatch(/tap|bathroom|Flat/);
});

test("classes are a list with days and times, and booking one takes both from the list", () => {
  const files = filesFrom(
    planned("Build an app for my yoga studio to sign people up for classes and collect feedback"),
  );
  const { classes } = files.app.tables;
  expect(classes?.owner).toBe("shared");
  expect(classes?.sample.every(({ values }) => values.day && values.time)).toBe(true);
  expect(files.workflows["class-booking"]?.tools.book_class).toMatchObject({
    set: ["class_name"],
    values: { day: "chosen.day", time: "chosen.time" },
  });
});
