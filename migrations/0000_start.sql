CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`realm` text NOT NULL,
	`user_id` text NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `account_user` ON `account` (`user_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_realm_provider` ON `account` (`realm`,`provider_id`,`account_id`);--> statement-breakpoint
CREATE TABLE `idempotency_key` (
	`id` text PRIMARY KEY NOT NULL,
	`realm` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer NOT NULL,
	`body` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `idempotency_key_realm` ON `idempotency_key` (`realm`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`realm` text NOT NULL,
	`token` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `session_token` ON `session` (`token`);--> statement-breakpoint
CREATE INDEX `session_user` ON `session` (`user_id`);--> statement-breakpoint
CREATE INDEX `session_realm` ON `session` (`realm`);--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`realm` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_realm_email` ON `user` (`realm`,`email`);--> statement-breakpoint
CREATE TABLE `verification` (
	`id` text PRIMARY KEY NOT NULL,
	`realm` text NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verification_realm_identifier` ON `verification` (`realm`,`identifier`);--> statement-breakpoint
CREATE TABLE `chat` (
	`enterprise_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`user_id` text NOT NULL,
	`workflow` text NOT NULL,
	`version` integer NOT NULL,
	`title` text,
	`client_request_id` text,
	`created_at` integer NOT NULL,
	`last_activity_at` integer NOT NULL,
	PRIMARY KEY(`enterprise_id`, `chat_id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chat_client_request` ON `chat` (`enterprise_id`,`user_id`,`client_request_id`);--> statement-breakpoint
CREATE INDEX `chat_of_user` ON `chat` (`enterprise_id`,`user_id`,`workflow`,`last_activity_at`);--> statement-breakpoint
CREATE INDEX `chat_of_workflow` ON `chat` (`enterprise_id`,`workflow`,`last_activity_at`);--> statement-breakpoint
CREATE TABLE `enterprise` (
	`enterprise_id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`status` text DEFAULT 'draft' NOT NULL,
	`live_version` integer,
	`branding` text DEFAULT '{}' NOT NULL,
	`show_cost` integer DEFAULT false NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `enterprise_slug` ON `enterprise` (`slug`);--> statement-breakpoint
CREATE TABLE `membership` (
	`enterprise_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`enterprise_id`, `user_id`)
);
--> statement-breakpoint
CREATE INDEX `membership_user` ON `membership` (`user_id`);--> statement-breakpoint
CREATE TABLE `app_version` (
	`enterprise_id` text NOT NULL,
	`version` integer NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`published_at` integer,
	PRIMARY KEY(`enterprise_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `build` (
	`enterprise_id` text NOT NULL,
	`build_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`prompt` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`enterprise_id`, `build_id`)
);
--> statement-breakpoint
CREATE INDEX `build_created` ON `build` (`enterprise_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `workflow` (
	`enterprise_id` text NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`entry` integer NOT NULL,
	`entry_agent` text NOT NULL,
	`welcome` text,
	`suggestions` text NOT NULL,
	`agents` text NOT NULL,
	`tools` text NOT NULL,
	PRIMARY KEY(`enterprise_id`, `version`, `name`)
);
