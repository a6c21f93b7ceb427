import { test } from "vitest";
import { dentist, gym, homes, itDesk, leave, recipes, tutor } from "./apps/trades.ts";
import { holds } from "./holds.ts";

test("a dentist's receptionist books, moves, cancels and answers questions", async () => {
  await holds(dentist(), [
    { say: "hello there", includes: ["Bright Smile", "book an appointment"] },
    { say: "I'd like to book a cleaning", includes: ["day and time"] },
    {
      say: "tomorrow at 3pm",
      calls: [["book_appointment", { treatment: "cleaning", starts_at: "2026-11-23T15:00:00Z" }]],
      includes: ["Monday, 23 November at 3 pm", "V-1002"],
    },
    {
      say: "actually, make it 4pm",
      calls: [
        ["reschedule_appointment", { appointment_number: "V-1002", starts_at: "2026-11-23T16:00:00Z" }],
      ],
      includes: ["4 pm"],
    },
    { say: "what appointments do I have?", calls: [["list_appointments"]], includes: ["2 appointments"] },
    {
      say: "cancel the check-up",
      calls: [["cancel_appointment", { appointment_number: "V-1001" }]],
      includes: ["cancelled", "V-1001"],
    },
    { say: "how much is a check-up?", includes: ["$60"] },
    { say: "is there parking?", includes: ["free behind the building"] },
    { say: "what's the capital of France?", includes: ["can't help with that", "book an appointment"] },
    { say: "bye", includes: ["goodbye"] },
  ]);
});

test("a day without a time is asked for its time", async () => {
  await holds(dentist(), [
    { say: "book a filling for next Friday", includes: ["What time on Friday, 27 November"] },
    {
      say: "half past two",
      calls: [["book_appointment", { treatment: "filling", starts_at: "2026-11-27T14:30:00Z" }]],
    },
  ]);
});

test("what is not known is looked up before the person is asked for its number", async () => {
  await holds(dentist(), [
    {
      say: "Can I move my appointment to Friday at 10am?",
      calls: [
        ["list_appointments"],
        ["reschedule_appointment", { appointment_number: "V-1001", starts_at: "2026-11-27T10:00:00Z" }],
      ],
      includes: ["rescheduled"],
    },
  ]);
});

test("an IT desk takes up trouble as a ticket in the person's own words", async () => {
  await holds(itDesk(), [
    { say: "my laptop won't start", includes: ["sorry", "priority", "urgent"] },
    { say: "purple", includes: ["priority"] },
    {
      say: "high",
      calls: [["create_ticket", { description: "my laptop won't start", priority: "high" }]],
      includes: ["T-1001"],
    },
    { say: "Open a ticket: the printer on floor 2 is jammed", includes: ["priority"] },
    {
      say: "it's urgent",
      calls: [["create_ticket", { priority: "urgent", description: "the printer on floor 2 is jammed" }]],
    },
    { say: "show my open tickets", calls: [["list_tickets", { status: "open" }]], includes: ["2 tickets"] },
    {
      say: "close T-1001",
      calls: [["close_ticket", { ticket_number: "T-1001" }]],
      includes: ["closed your ticket T-1001"],
    },
  ]);
});

test("a question in the middle of a task is answered, and the task can be dropped", async () => {
  await holds(dentist(), [
    { say: "I want to book a whitening", includes: ["day and time"] },
    { say: "what are your opening hours?", includes: ["8 am to 6 pm"] },
    { say: "never mind", includes: ["no problem"] },
    { say: "yes", excludes: ["booked"] },
    { say: "I want to book a whitening", includes: ["day and time"] },
    {
      say: "cancel my check-up",
      calls: [["list_appointments"], ["cancel_appointment", { appointment_number: "V-1001" }]],
      includes: ["cancelled"],
    },
  ]);
});

test("a gym's planner picks classes from what it has listed", async () => {
  await holds(gym(), [
    { say: "what classes are there?", calls: [["list_classes"]], includes: ["3 classes", "Spin", "Marco"] },
    {
      say: "book me into the yoga one",
      calls: [["book_class", { class_name: "Morning Yoga" }]],
      includes: ["Morning Yoga"],
    },
    { say: "and the spin class too please", calls: [["book_class", { class_name: "Spin" }]] },
    { say: "cancel my booking", includes: ["B-1001 or B-1002"] },
    { say: "the second one", calls: [["cancel_booking", { booking_number: "B-1002" }]] },
    { say: "can I rent a towel?", includes: ["$2"] },
  ]);
});

test("a kitchen helper finds by ingredient and time, and keeps a list", async () => {
  await holds(recipes(), [
    {
      say: "what can I cook with chicken?",
      calls: [["find_recipes", { main_ingredient: "chicken" }]],
      includes: ["Chicken curry", "coconut"],
    },
    {
      say: "any easy ones?",
      calls: [["find_recipes", { main_ingredient: "chicken", difficulty: "easy" }]],
      includes: ["couldn't find any recipes"],
    },
    { say: "recipes under 50 minutes", calls: [["find_recipes", { max_minutes: 50 }]] },
    { say: "add 3 eggs to my shopping list", calls: [["add_shopping_item", { item: "eggs", quantity: 3 }]] },
    { say: "add milk", calls: [["add_shopping_item", { item: "milk" }]] },
    { say: "show the list", calls: [["list_shopping_items"]], includes: ["eggs", "milk"] },
  ]);
});

test("a leave assistant understands spans of days", async () => {
  await holds(leave(), [
    {
      say: "I need a vacation from 7 to 11 December",
      calls: [["request_leave", { kind: "vacation", start_date: "2026-12-07", end_date: "2026-12-11" }]],
      includes: ["from Monday, 7 December to Friday, 11 December", "waiting for approval"],
    },
    { say: "I'm sick tomorrow", includes: ["sorry", "last day"] },
    {
      say: "until Wednesday",
      calls: [["request_leave", { kind: "sick", start_date: "2026-11-23", end_date: "2026-11-25" }]],
    },
    { say: "how many vacation days do I have?", includes: ["28 days"] },
  ]);
});

test("a letting agent searches by numbers and money, and arranges a viewing of what it found", async () => {
  await holds(homes(), [
    {
      say: "2 bedroom flats in Lisbon under 1500",
      calls: [["search_listings", { city: "Lisbon", bedrooms: 2, max_price: 1500 }]],
      includes: ["Sunny flat by the river", "€1,450"],
    },
    { say: "I'd like to view it", includes: ["e-mail"] },
    { say: "Grace Hopper, grace@example.com", includes: ["day and time"] },
    {
      say: "next Tuesday at 3pm",
      calls: [
        [
          "book_viewing",
          {
            listing_number: "H-204",
            visitor_name: "Grace Hopper",
            email: "grace@example.com",
            starts_at: "2026-11-24T15:00:00Z",
          },
        ],
      ],
    },
    { say: "are pets allowed?", includes: ["Pets are allowed"] },
  ]);
});

test("a tutor starts a quiz on whatever topic is named", async () => {
  await holds(tutor(), [
    { say: "quiz me on photosynthesis", includes: ["beginner, intermediate or advanced"] },
    {
      say: "the second",
      calls: [["start_quiz", { topic: "photosynthesis", level: "intermediate" }]],
      includes: ["plants"],
    },
    {
      say: "are you a human?",
      includes: ["offline model of Quizzly", "not a person", "not a large language model"],
    },
  ]);
});
