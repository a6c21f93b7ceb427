ALTER TABLE `chat` ADD `thumbs_up` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `chat` ADD `thumbs_down` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `chat_of_enterprise` ON `chat` (`enterprise_id`,`last_activity_at`,`chat_id`);