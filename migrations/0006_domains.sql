CREATE TABLE `domain` (
	`enterprise_id` text NOT NULL,
	`host` text NOT NULL,
	`token` text NOT NULL,
	`status` text DEFAULT 'pending_dns' NOT NULL,
	`reason` text,
	`proven` integer DEFAULT false NOT NULL,
	`lost_at` integer,
	`provider_id` text,
	`failures` integer DEFAULT 0 NOT NULL,
	`checked_at` integer,
	`next_check_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`enterprise_id`, `host`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `domain_holder` ON `domain` (`host`) WHERE proven = 1;--> statement-breakpoint
CREATE INDEX `domain_due` ON `domain` (`next_check_at`);--> statement-breakpoint
CREATE TABLE `domain_release` (
	`provider_id` text PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`next_try_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `domain_release_due` ON `domain_release` (`next_try_at`);--> statement-breakpoint
CREATE TABLE `old_slug` (
	`slug` text PRIMARY KEY NOT NULL,
	`enterprise_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `old_slug_enterprise` ON `old_slug` (`enterprise_id`);--> statement-breakpoint
ALTER TABLE `enterprise` ADD `primary_host` text;