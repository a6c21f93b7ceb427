import { absences } from "./absences.ts";
import { anyFinder } from "./any-finder.ts";
import { anyTracker } from "./any-tracker.ts";
import { applications } from "./applications.ts";
import { appointments } from "./appointments.ts";
import type { Capability } from "./capability.ts";
import { classBookings } from "./class-bookings.ts";
import { complaints } from "./complaints.ts";
import { deliveries } from "./deliveries.ts";
import { documents } from "./documents.ts";
import { donations } from "./donations.ts";
import { drafting } from "./drafting.ts";
import { eventRegistration } from "./event-registration.ts";
import { expenseClaims } from "./expense-claims.ts";
import { feedback } from "./feedback.ts";
import { frontDesk } from "./front-desk.ts";
import { generic } from "./generic.ts";
import { insuranceClaims } from "./insurance-claims.ts";
import { intakeForms } from "./intake-forms.ts";
import { invoices } from "./invoices.ts";
import { jobApplications } from "./job-applications.ts";
import { leads } from "./leads.ts";
import { leaveRequests } from "./leave-requests.ts";
import { memberships } from "./memberships.ts";
import { moderation } from "./moderation.ts";
import { onboarding } from "./onboarding.ts";
import { orderTracking } from "./order-tracking.ts";
import { ordering } from "./ordering.ts";
import { paymentFollowUp } from "./payment-follow-up.ts";
import { plans } from "./plans.ts";
import { productLookup } from "./product-lookup.ts";
import { properties } from "./properties.ts";
import { questions } from "./questions.ts";
import { quizzes } from "./quizzes.ts";
import { quotes } from "./quotes.ts";
import { recipes } from "./recipes.ts";
import { refunds } from "./refunds.ts";
import { repairs } from "./repairs.ts";
import { reporting } from "./reporting.ts";
import { reservations } from "./reservations.ts";
import { signUps } from "./sign-ups.ts";
import { statusUpdates } from "./status-updates.ts";
import { summaries } from "./summaries.ts";
import { support } from "./support.ts";
import { supportCases } from "./support-cases.ts";
import { tasks } from "./tasks.ts";
import { tickets } from "./tickets.ts";
import { tutoring } from "./tutoring.ts";

/** The catalogue, in order of preference where two fit equally well. */
export const CATALOGUE: readonly Capability[] = [
  refunds,
  orderTracking,
  deliveries,
  paymentFollowUp,
  invoices,
  reservations,
  classBookings,
  eventRegistration,
  leaveRequests,
  expenseClaims,
  insuranceClaims,
  absences,
  repairs,
  appointments,
  ordering,
  quotes,
  memberships,
  tickets,
  onboarding,
  intakeForms,
  jobApplications,
  applications,
  signUps,
  donations,
  plans,
  quizzes,
  tutoring,
  tasks,
  feedback,
  complaints,
  leads,
  properties,
  recipes,
  documents,
  questions,
  productLookup,
  moderation,
  drafting,
  summaries,
  statusUpdates,
  reporting,
  anyFinder,
  support,
];

const BY_ID = new Map([...CATALOGUE, frontDesk, supportCases, anyTracker, generic].map((it) => [it.id, it]));

/** The capability of a planned workflow; a generic request for one that nobody knows. */
export function capabilityOf(id: string): Capability {
  return BY_ID.get(id) ?? generic;
}

/** Every capability there is, those that no words of a prompt ask for as well. */
export function allCapabilities(): Capability[] {
  return [...BY_ID.values()];
}

export function isCapability(id: string): boolean {
  return BY_ID.has(id);
}
