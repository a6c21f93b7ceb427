CREATE TABLE `audit` (
	`audit_id` text PRIMARY KEY NOT NULL,
	`enterprise_id` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_email` text NOT NULL,
	`role` text NOT NULL,
	`action` text NOT NULL,
	`target` text,
	`outcome` text NOT NULL,
	`at` integer NOT NULL,
	`request_id` text NOT NULL,
	`details` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_of_enterprise` ON `audit` (`enterprise_id`,`at`,`audit_id`);--> statement-breakpoint
CREATE TABLE `operator_seat` (
	`enterprise_id` text NOT NULL,
	`user_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`enterprise_id`, `user_id`, `chat_id`)
);
--> statement-breakpoint
CREATE TABLE `team_wait` (
	`enterprise_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`tool_call_id` text NOT NULL,
	`kind` text NOT NULL,
	`tool_name` text NOT NULL,
	`payload` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`enterprise_id`, `chat_id`, `tool_call_id`)
);
--> statement-breakpoint
CREATE INDEX `team_wait_of_enterprise` ON `team_wait` (`enterprise_id`,`created_at`,`tool_call_id`);--> statement-breakpoint
CREATE TABLE `secret` (
	`enterprise_id` text NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`sealed` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`enterprise_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `secret_key` (
	`enterprise_id` text PRIMARY KEY NOT NULL,
	`kek_id` text NOT NULL,
	`wrapped` text NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER `audit_is_append_only` BEFORE UPDATE ON `audit` BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
