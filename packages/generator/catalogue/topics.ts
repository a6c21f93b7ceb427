/** What people often ask, how they ask it, what is answered until the owner writes it, and a fact in that answer. */
export type Topic = { topic: string; about: string; answer: string; say: string; fact: string };

function topic(name: string, about: string, say: string, answer: string, fact: string): Topic {
  return { topic: name, about, say, answer, fact };
}

/** Asked of a business by the people it serves. */
export const CUSTOMER_TOPICS: readonly Topic[] = [
  topic(
    "opening hours",
    "when you are open",
    "What are your opening hours?",
    "We are open Monday to Friday from 9:00 to 17:30.",
    "Monday",
  ),
  topic(
    "cancellation",
    "whether and until when one can cancel",
    "What is your cancellation policy?",
    "You can cancel free of charge up to 24 hours before.",
    "24 hours",
  ),
  topic(
    "location",
    "where you are, the address",
    "What is your location?",
    "You find us at 12 Mill Lane, next to the library.",
    "12 Mill Lane",
  ),
  topic(
    "prices",
    "how much something costs",
    "What are your prices?",
    "Our prices start at 25 and are confirmed before anything is booked.",
    "25",
  ),
  topic(
    "contact",
    "phone or e-mail",
    "How can I contact you?",
    "Write to hello@example.com and we answer within a day.",
    "hello@example.com",
  ),
  topic(
    "payment",
    "how to pay",
    "What about payment?",
    "You can pay by card, by bank transfer or in cash.",
    "bank transfer",
  ),
];

/** Asked inside an organisation by those who work there. */
export const STAFF_TOPICS: readonly Topic[] = [
  topic(
    "working hours",
    "when one works",
    "What are the working hours?",
    "Core hours are 10:00 to 15:00, the rest is up to you.",
    "10:00",
  ),
  topic(
    "benefits",
    "what one gets besides the salary",
    "What benefits do we have?",
    "You have 28 days of leave, a pension plan and a training budget.",
    "28 days",
  ),
  topic(
    "remote work",
    "working from home",
    "What is our remote work policy?",
    "You can work from home up to three days a week.",
    "three days",
  ),
  topic(
    "salary",
    "when and how salaries are paid",
    "What about the salary?",
    "Salaries are paid on the 25th of each month.",
    "25th",
  ),
  topic(
    "sick days",
    "what to do when ill",
    "What about sick days?",
    "Tell your lead before 9:30; from the fourth day a note is needed.",
    "9:30",
  ),
  topic(
    "contact",
    "whom to ask",
    "Whom can I contact?",
    "Write to people@example.com and we answer within a day.",
    "people@example.com",
  ),
];

/** Asked of a help desk, before anything is reported. */
export const HELP_TOPICS: readonly Topic[] = [
  topic(
    "password",
    "forgotten or locked passwords",
    "I forgot my password, what can I do?",
    "Choose “Forgot password” on the sign-in page and follow the link in the e-mail within 15 minutes.",
    "15 minutes",
  ),
  topic(
    "wifi",
    "joining the wireless network",
    "How do I join the wifi?",
    "Pick the network “Office” and sign in with your e-mail address and your usual password.",
    "Office",
  ),
  topic(
    "printer",
    "paper jams and printing",
    "What about the printer?",
    "Open the front, take the paper out, close it and wait for the green light.",
    "green light",
  ),
  topic(
    "vpn",
    "working from outside",
    "How do I use the vpn?",
    "Start the VPN before you sign in, and choose the gateway nearest to you.",
    "gateway",
  ),
  topic(
    "slow computer",
    "a computer that is slow",
    "What can I do about a slow computer?",
    "Close what you don't need, then restart it; most of the time that is enough.",
    "restart",
  ),
];
